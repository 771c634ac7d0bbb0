import { formatAgo } from "@tertulia/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useNow } from "../../app/use-now.ts";
import { useLanguage } from "../../i18n/use-t.ts";
import { Section } from "../../ui/section.tsx";
import { contactConversationsQuery } from "../contacts/queries.ts";

export function PastConversations({ contactId, currentId }: { contactId: number; currentId?: number }) {
  const { t, locale } = useLanguage();
  const now = useNow();
  const { data } = useQuery(contactConversationsQuery(contactId));
  const others = data?.items.filter(({ id }) => id !== currentId) ?? [];
  if (others.length === 0) return null;
  return (
    <Section title={currentId === undefined ? t("panel.conversations") : t("panel.past")}>
      <ul className="flex flex-col">
        {others.map((conversation) => (
          <li key={conversation.id}>
            <Link
              to="/conversations/$conversationId" params={{ conversationId: conversation.id }} search={{ view: "all" }}
              className="-mx-2 block rounded-md px-2 py-1.5 hover:bg-hover"
            >
              <span className="flex gap-2 text-xs text-ink-3">
                <span>#{conversation.number}</span>
                <span>{t(`status.${conversation.status}`)}</span>
                <time className="ml-auto" dateTime={conversation.last_activity_at}>{formatAgo(conversation.last_activity_at, locale, now)}</time>
              </span>
              <span className="block truncate text-sm">{conversation.last_message?.text}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
