import { formatTime, type Message } from "@tertulia/core";
import { Bot, Lock } from "lucide-react";
import { memo } from "react";
import { useLanguage } from "../../i18n/use-t.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Badge } from "../../ui/badge.tsx";
import { cx } from "../../ui/classes.ts";
import { Attachments } from "./attachments.tsx";
import { MessageContent } from "./content.tsx";
import { useShowMessage } from "../thread/show-message.ts";
import { DeliveryMark, DeliveryTrouble } from "./delivery.tsx";
import { MessageToolbar } from "./message-toolbar.tsx";
import { Quote } from "./quote.tsx";
import { Reactions } from "./reactions.tsx";

interface Props {
  message: Message;
  startsGroup: boolean;
  endsGroup: boolean;
  isRead: boolean;
}

export type Look = "in" | "out" | "note";

export const bubbleLook: Record<Look, string> = {
  in: "bg-surface border-line",
  out: "bg-accent-soft border-accent-line",
  note: "bg-note border-note-line border-dashed",
};

export function lookOf({ visibility, direction }: Pick<Message, "visibility" | "direction">): Look {
  return visibility === "note" ? "note" : direction;
}

export const MessageBubble = memo(function MessageBubble({ message, startsGroup, endsGroup, isRead }: Props) {
  const { t, locale } = useLanguage();
  const look = lookOf(message);
  const isDeleted = message.deleted_at !== null;
  const isMarked = useShowMessage().markedSeq === message.seq;
  return (
    <article id={`m${message.seq}`} data-marked={isMarked} className={cx("group/message relative flex w-full gap-2.5 rounded-lg transition-colors duration-500", isMarked && "bg-selected", startsGroup ? "mt-3" : "mt-1", look === "in" ? "pr-10 sm:pr-16" : "flex-row-reverse pl-10 sm:pl-16")}>
      <div className="w-8 shrink-0">{startsGroup && <Avatar name={message.sender.name} url={message.sender.avatar_url} />}</div>
      <div className={cx("flex max-w-full min-w-0 flex-col", look === "in" ? "items-start" : "items-end")}>
        {startsGroup && <Sender message={message} look={look} />}
        <div className={cx("relative max-w-full rounded-lg border px-3 py-2", bubbleLook[look], isDeleted && "opacity-70")}>
          {isDeleted ? (
            <p className="text-ink-3 italic">{t("message.deleted")}</p>
          ) : (
            <div className="flex flex-col gap-2">
              {message.reply_to && <Quote reply={message.reply_to} />}
              <Attachments attachments={message.attachments} />
              <MessageContent content={message.content} spans={message.spans} />
            </div>
          )}
        </div>
        <Reactions message={message} />
        <DeliveryTrouble message={message} />
        <p className={cx("mt-0.5 flex items-center gap-1.5 px-0.5 text-xs text-ink-3", !endsGroup && "sr-only group-hover/message:not-sr-only group-focus-within/message:not-sr-only")}>
          {message.edited_at && !isDeleted && <span>{t("message.edited")}</span>}
          <time className="tabular-nums" dateTime={message.created_at} title={new Date(message.created_at).toLocaleString(locale)}>
            {formatTime(message.created_at, locale)}
          </time>
          <DeliveryMark message={message} isRead={isRead} />
        </p>
      </div>
      {!isDeleted && <MessageToolbar message={message} />}
    </article>
  );
});

function Sender({ message, look }: { message: Message; look: Look }) {
  const { t } = useLanguage();
  return (
    <p className={cx("mb-0.5 flex flex-wrap items-center gap-x-1.5 px-0.5 text-sm", look !== "in" && "justify-end")}>
      <span className="font-medium">{message.sender.name}</span>
      {message.sender.kind === "app" && <Badge><Bot size={12} />{t("message.app")}</Badge>}
      {message.sender.kind === "bot" && <span className="text-xs text-ink-3">{t("message.bot")}</span>}
      {look === "note" && (
        <span className="flex items-center gap-1 text-xs font-medium whitespace-nowrap text-note-ink">
          <Lock size={11} />
          {t("message.noteMark")}
        </span>
      )}
    </p>
  );
}
