import { formatAgo } from "@tertulia/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { SearchX } from "lucide-react";
import { explain } from "../../app/problems.ts";
import { useNow } from "../../app/use-now.ts";
import { useLanguage } from "../../i18n/use-t.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Empty } from "../../ui/empty.tsx";
import { CenteredSpinner } from "../../ui/spinner.tsx";
import { searchQuery } from "./queries.ts";

/** Messages and contacts that contain the words. */
export function SearchResults({ text }: { text: string }) {
  const { t, locale } = useLanguage();
  const now = useNow();
  const query = useQuery(searchQuery(text));
  if (query.isPending) return <CenteredSpinner label={t("common.loading")} />;
  if (query.isError) return <Empty title={t("common.failed")} text={explain(query.error, t)} />;
  const { messages, contacts } = query.data;
  if (messages.length + contacts.length === 0) {
    return <Empty icon={<SearchX size={28} />} title={t("list.nothingFound")} text={t("list.nothingFoundText", { text })} />;
  }
  return (
    <div className="h-full overflow-y-auto pb-4" aria-label={t("list.results")}>
      {contacts.length > 0 && <h2 className="eyebrow px-3.5 pt-3 pb-1">{t("list.contacts")}</h2>}
      {contacts.map((contact) => (
        <Link key={contact.id} to="/contacts" search={{ contact: contact.id }} className="flex items-center gap-3 px-3.5 py-2 hover:bg-hover">
          <Avatar name={contact.name} url={contact.avatar_url} size={30} />
          <span className="min-w-0">
            <span className="block truncate font-medium">{contact.name}</span>
            <span className="block truncate text-sm text-ink-3">{contact.email ?? contact.phone}</span>
          </span>
        </Link>
      ))}
      {messages.length > 0 && <h2 className="eyebrow px-3.5 pt-3 pb-1">{t("list.messages")}</h2>}
      {messages.map(({ message, conversation }) => (
        <Link
          key={message.id} to="/conversations/$conversationId" params={{ conversationId: conversation.id }} search={(search) => search}
          hash={`m${message.seq}`}
          className="flex flex-col gap-0.5 border-b border-line px-3.5 py-2 hover:bg-hover"
        >
          <span className="flex items-baseline gap-2">
            <span className="min-w-0 flex-1 truncate font-medium">{conversation.contact.name}</span>
            <time className="text-xs text-ink-3" dateTime={message.created_at}>{formatAgo(message.created_at, locale, now)}</time>
          </span>
          <span className="line-clamp-2 text-sm text-ink-2">
            <span className="text-ink-3">{message.sender.name}: </span>
            <Marked text={message.text} words={text} />
          </span>
        </Link>
      ))}
    </div>
  );
}

/** The words that were searched for, marked. */
function Marked({ text, words }: { text: string; words: string }) {
  const wanted = words.toLowerCase().split(/\s+/u).filter(Boolean);
  const at = Math.max(0, Math.min(...wanted.map((word) => indexOrEnd(text.toLowerCase(), word))) - 40);
  const pieces = text.slice(at === text.length ? 0 : at).split(new RegExp(`(${wanted.map(escaped).join("|")})`, "giu"));
  return (
    <>
      {at > 0 && at < text.length && "…"}
      {pieces.map((piece, index) =>
        index % 2 === 1 ? <mark key={index} className="rounded-xs bg-note px-px text-ink">{piece}</mark> : piece,
      )}
    </>
  );
}

function indexOrEnd(text: string, word: string): number {
  const index = text.indexOf(word);
  return index === -1 ? text.length + 40 : index;
}

function escaped(word: string): string {
  return word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
