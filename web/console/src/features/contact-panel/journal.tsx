import { answer, type Event } from "@tertulia/api-client";
import { formatAgo, type FeedEvent } from "@tertulia/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../app/api.ts";
import { explain } from "../../app/problems.ts";
import { useNow } from "../../app/use-now.ts";
import type { MessageKey } from "../../i18n/catalogue.ts";
import { useLanguage } from "../../i18n/use-t.ts";
import type { Translate } from "../../i18n/translate.ts";
import { Section } from "../../ui/section.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { activityText } from "../message/activity-text.ts";

const journalQuery = (conversationId: number) =>
  queryOptions({
    queryKey: ["journal", conversationId],
    queryFn: () => answer(api.GET("/v1/conversations/{id}/journal", { params: { path: { id: conversationId } } })),
  });

/** Who did what in this conversation, newest first; fetched when it is opened. */
export function Journal({ conversationId }: { conversationId: number }) {
  const { t, locale } = useLanguage();
  const now = useNow();
  const [isOpen, setOpen] = useState(false);
  const { data, error, isLoading } = useQuery({ ...journalQuery(conversationId), enabled: isOpen });
  const entries = (data ?? []).map((event) => ({ event, text: describe(event, t, locale) })).filter(({ text }) => text !== null);
  return (
    <Section title={t("panel.journal")} folded onOpen={() => setOpen(true)}>
      {isLoading && <Spinner />}
      {error && <p className="text-sm text-danger">{explain(error, t)}</p>}
      <ol className="flex flex-col gap-2 text-sm">
        {entries.toReversed().map(({ event, text }) => (
          <li key={event.cursor} className="flex gap-2">
            <span className="min-w-0 flex-1 break-words">{text}</span>
            <time className="shrink-0 text-xs text-ink-3" dateTime={event.at} title={new Date(event.at).toLocaleString(locale)}>
              {formatAgo(event.at, locale, now)}
            </time>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function describe(event: Event, t: Translate, locale: string): string | null {
  const known = event as FeedEvent;
  const who = event.actor.kind === "system" ? t("activity.system") : event.actor.name;
  switch (known.type) {
    case "message.created": {
      const { message } = known.data;
      if (message.content.type === "activity") return activityText(message, t, locale);
      const key: MessageKey = message.visibility === "note" ? "journal.note" : "journal.message";
      return t(key, { who: message.sender.name });
    }
    case "message.updated":
      if (known.data.message.deleted_at) return t("journal.deleted", { who });
      return known.data.message.edited_at ? t("journal.edited", { who }) : null;
    case "conversation.read":
      return known.data.reader === "agent" ? t("journal.read", { who }) : t("journal.customerRead");
    default:
      return null;
  }
}
