/** What a message says, by its type. Every type of the contract has a picture here; there is no wildcard. */

import type { WidgetMessage } from "@tertulia/core";
import { useShell } from "../shell/context.ts";
import type { ReplyContent } from "../thread/rows.ts";
import { ButtonList, CardList } from "./choices.tsx";
import { FormContent } from "./form.tsx";
import { Attachments, Sticker } from "./media.tsx";
import { ContactCard, Place } from "./place.tsx";
import { Text } from "./text.tsx";

interface ContentProps {
  message: WidgetMessage;
  answer: ReplyContent | null;
}

export function MessageContent({ message, answer }: ContentProps) {
  const { t } = useShell();
  const { content, attachments } = message;
  switch (content.type) {
    case "text":
    case "template":
    case "reply":
    case "image":
    case "file":
    case "audio":
    case "video":
      return <><Attachments attachments={attachments} /><Text text={content.text} /></>;
    case "sticker":
      return <Sticker attachment={attachments[0]} text={content.text} />;
    case "location":
      return <Place place={content} />;
    case "contact":
      return <ContactCard contact={content} />;
    case "buttons":
      return <><Text text={content.text} /><ButtonList message={message} buttons={content.buttons} answer={answer} /></>;
    case "cards":
      return <CardList message={message} cards={content.cards} answer={answer} />;
    case "form":
      return <FormContent message={message} form={content} answer={answer} />;
    case "email":
      return <><p class="subject" dir="auto">{content.subject}</p><Text text={content.text} /><Attachments attachments={attachments} /></>;
    case "unsupported":
      return <><p class="text gone">{t("unsupported")}</p><Text text={content.text} /></>;
    case "activity":
      return null;
  }
}
