import type { Conversation } from "@tertulia/api-client";
import { contactOf } from "@tertulia/core";
import { Link } from "@tanstack/react-router";
import { ArrowLeft, Check, PanelRight, RotateCcw } from "lucide-react";
import { useLanguage } from "../../i18n/use-t.ts";
import { useLive, useSignals } from "../../live/hooks.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { useInboxes } from "../directory/queries.ts";
import { AssignMenu } from "./assign-menu.tsx";
import { PriorityMenu } from "./priority-menu.tsx";
import { SnoozeMenu } from "./snooze-menu.tsx";
import { useActions } from "./use-actions.ts";

interface Props {
  conversation: Conversation;
  isPanelOpen: boolean;
  onTogglePanel: () => void;
}

export function ThreadHeader({ conversation, isPanelOpen, onTogglePanel }: Props) {
  const { t } = useLanguage();
  const contact = useLive((state) => contactOf(state, conversation));
  const inbox = useInboxes().find(({ id }) => id === conversation.inbox_id);
  const isOnline = useSignals((state) => state.contacts.get(conversation.contact.id) === "online");
  return (
    <header className="@container flex h-14 shrink-0 items-center gap-2 border-b border-line bg-surface px-3">
      <Link to="/conversations" search={(search) => search} aria-label={t("thread.back")} className="rounded-md p-1.5 text-ink-2 hover:bg-hover md:hidden">
        <ArrowLeft size={19} />
      </Link>
      <button type="button" onClick={onTogglePanel} className="flex min-w-0 flex-1 items-center gap-2.5 rounded-md py-1 text-left">
        <Avatar name={contact.name} url={contact.avatar_url} size={32} />
        <span className="min-w-0 flex-1">
          <h2 className="flex items-center gap-2">
            <span className="truncate font-semibold">{contact.name}</span>
            {isOnline && <span className="size-2 shrink-0 rounded-full bg-ok" role="img" aria-label={t("presence.online")} />}
          </h2>
          <span className="flex items-center gap-1.5 text-xs text-ink-3">
            <span className="max-w-2/5 shrink-0 truncate">{inbox?.name}</span>
            <span className="hidden shrink-0 @lg:inline">· #{conversation.number}</span>
            <StatusText conversation={conversation} />
          </span>
        </span>
      </button>
      <PriorityMenu conversation={conversation} />
      <AssignMenu conversation={conversation} />
      {conversation.status !== "resolved" && <SnoozeMenu conversation={conversation} />}
      <ResolveButton conversation={conversation} />
      <IconButton label={t("panel.toggle")} pressed={isPanelOpen} onClick={onTogglePanel} className="max-sm:hidden">
        <PanelRight size={17} />
      </IconButton>
    </header>
  );
}

function StatusText({ conversation }: { conversation: Conversation }) {
  const { t, locale } = useLanguage();
  if (conversation.status === "snoozed" && conversation.snoozed_until) {
    const until = new Intl.DateTimeFormat(locale, { weekday: "short", hour: "numeric", minute: "2-digit" }).format(new Date(conversation.snoozed_until));
    return <span className="min-w-0 truncate text-warn">· {t("status.snoozedUntil", { until })}</span>;
  }
  if (conversation.status === "resolved") return <span className="shrink-0 text-ok">· {t("status.resolved")}</span>;
  return null;
}

function ResolveButton({ conversation }: { conversation: Conversation }) {
  const { t } = useLanguage();
  const { mutate, isPending } = useActions(conversation.id);
  const isDone = conversation.status === "resolved" || conversation.status === "snoozed";
  return (
    <Button
      size="small" tone={isDone ? "plain" : "primary"} busy={isPending} className="h-8"
      icon={isDone ? <RotateCcw size={14} /> : <Check size={15} />}
      onClick={() => mutate({ do: isDone ? "reopen" : "resolve" })}
      aria-label={isDone ? t("action.reopen") : t("action.resolve")}
    >
      <span className="hidden @md:inline">{isDone ? t("action.reopen") : t("action.resolve")}</span>
    </Button>
  );
}
