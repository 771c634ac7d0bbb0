import { contactOf, formatAgo } from "@tertulia/core";
import { Link } from "@tanstack/react-router";
import { AlarmClock, Bot, Check, Hand, Lock, Reply } from "lucide-react";
import { useNow } from "../../app/use-now.ts";
import { useLanguage, useT } from "../../i18n/use-t.ts";
import { useConversation, useLive, useSignals, useTypists, useUnreadCount } from "../../live/hooks.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Count, LabelDot } from "../../ui/badge.tsx";
import { cx } from "../../ui/classes.ts";
import { useLabelColor } from "../directory/queries.ts";
import { PriorityMark } from "./priority-mark.tsx";
import { WaitTimer } from "./wait-timer.tsx";

interface Props {
  id: number;
  isSelected: boolean;
  showsAssignee: boolean;
}

export function ConversationRow({ id, isSelected, showsAssignee }: Props) {
  const { t, locale } = useLanguage();
  const now = useNow();
  const conversation = useConversation(id);
  const contact = useLive((state) => (conversation ? contactOf(state, conversation) : null));
  const unread = useUnreadCount(id);
  const isOnline = useSignals((state) => conversation !== undefined && state.contacts.get(conversation.contact.id) === "online");
  const colorOf = useLabelColor();
  if (!conversation || !contact) return null;
  const { last_message: last, labels, assignee, control } = conversation;
  const isAsked = conversation.status === "open" && control.offered_at !== null;

  return (
    <Link
      to="/conversations/$conversationId"
      params={{ conversationId: id }}
      search={(search) => search}
      className={cx(
        "relative flex gap-3 border-b border-line px-3.5 py-2.5 focus-visible:-outline-offset-2",
        isSelected ? "bg-selected" : "hover:bg-hover",
      )}
      aria-current={isSelected ? "page" : undefined}
    >
      {isSelected && <span className="absolute inset-y-0 left-0 w-[3px] bg-accent" />}
      <span className="relative mt-0.5 self-start">
        <Avatar name={contact.name} url={contact.avatar_url} size={36} />
        {isOnline && (
          <span className="absolute right-0 bottom-0 size-2.5 rounded-full border-2 border-surface bg-ok">
            <span className="sr-only">{t("presence.online")}</span>
          </span>
        )}
      </span>
      <span className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="flex items-baseline gap-2">
          <span className={cx("min-w-0 flex-1 truncate", unread > 0 ? "font-semibold" : "font-medium")}>{contact.name}</span>
          <PriorityMark priority={conversation.priority} />
          <time className="shrink-0 text-xs text-ink-3" dateTime={conversation.last_activity_at}>
            {formatAgo(conversation.last_activity_at, locale, now)}
          </time>
        </span>
        <span className="flex items-center gap-2">
          <Preview id={id} text={last?.text ?? ""} isNote={last?.visibility === "note"} isOurs={last?.direction === "out"} strong={unread > 0} />
          <Count value={unread} label={t("list.unread", { count: unread })} />
        </span>
        <span className="flex h-5 items-center gap-2 overflow-hidden text-xs text-ink-3 empty:hidden">
          {conversation.status === "snoozed" && <span className="flex items-center gap-1"><AlarmClock size={12} />{t("status.snoozed")}</span>}
          {conversation.status === "resolved" && <span className="flex items-center gap-1"><Check size={12} />{t("status.resolved")}</span>}
          {conversation.status === "pending" && <span className="flex min-w-0 items-center gap-1"><Bot size={13} className="shrink-0" /><span className="truncate">{control.holder.name ?? t("status.pending")}</span></span>}
          {isAsked && <span className="flex shrink-0 items-center gap-1 font-medium text-warn"><Hand size={12} />{t("list.asked")}</span>}
          <WaitTimer since={conversation.waiting_since ?? (isAsked ? control.offered_at : null)} />
          {labels.map((label) => (
            <span key={label} className="flex min-w-0 items-center gap-1">
              <LabelDot color={colorOf(label)} />
              <span className="truncate">{label}</span>
            </span>
          ))}
          {showsAssignee && (
            <span className="ml-auto max-w-28 shrink-0 truncate">{assignee ? assignee.name : t("list.nobody")}</span>
          )}
        </span>
      </span>
    </Link>
  );
}

function Preview({ id, text, isNote, isOurs, strong }: { id: number; text: string; isNote: boolean; isOurs: boolean; strong: boolean }) {
  const t = useT();
  const typists = useTypists(id);
  const customer = typists.some(({ kind }) => kind === "customer");
  if (customer) return <span className="min-w-0 flex-1 truncate text-sm text-accent">{t("list.typing")}</span>;
  return (
    <span className={cx("flex min-w-0 flex-1 items-center gap-1 text-sm", strong ? "text-ink" : "text-ink-2")}>
      {isNote && <Lock size={12} className="shrink-0 text-note-ink" aria-label={t("thread.note")} />}
      {!isNote && isOurs && <Reply size={13} className="shrink-0 text-ink-3" aria-label={t("list.youWrote")} />}
      <span className="truncate">{text}</span>
    </span>
  );
}
