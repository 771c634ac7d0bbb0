import { formatTime, lastSeq } from "@tertulia/core";
import { CircleAlert, Clock3 } from "lucide-react";
import { useLanguage } from "../../i18n/use-t.ts";
import type { MessageKey } from "../../i18n/catalogue.ts";
import type { OutgoingItem } from "../../live/client.ts";
import { useLiveClient } from "../../live/hooks.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { cx } from "../../ui/classes.ts";
import { useMe } from "../session/use-me.ts";
import { Attachments } from "./attachments.tsx";
import { MessageContent } from "./content.tsx";
import { bubbleLook } from "./message-bubble.tsx";
import { Quote } from "./quote.tsx";

/** A message that the server does not have yet, or did not take. */
export function PendingBubble({ item, startsGroup }: { item: OutgoingItem; startsGroup: boolean }) {
  const { t, locale } = useLanguage();
  const { user } = useMe();
  const { payload } = item;
  const look = payload.visibility === "note" ? "note" : "out";
  return (
    <article className={cx("flex w-full flex-row-reverse gap-2.5 pl-10 sm:pl-16", startsGroup ? "mt-3" : "mt-1")}>
      <div className="w-8 shrink-0">{startsGroup && <Avatar name={user.name} url={user.avatar_url} />}</div>
      <div className="flex min-w-0 flex-col items-end">
        <div className={cx("max-w-full rounded-lg border px-3 py-2", bubbleLook[look], item.state !== "failed" && "opacity-75")}>
          <div className="flex flex-col gap-2">
            {payload.reply_to && <Quote reply={payload.reply_to} />}
            <Attachments attachments={payload.attachments} />
            <MessageContent content={payload.content} />
          </div>
        </div>
        {item.state === "failed" ? (
          <Failed item={item} />
        ) : (
          <p className="mt-0.5 flex items-center gap-1.5 px-0.5 text-xs text-ink-3">
            <time dateTime={item.created_at}>{formatTime(item.created_at, locale)}</time>
            <Clock3 size={13} role="img" aria-label={t("delivery.sending")} />
          </p>
        )}
      </div>
    </article>
  );
}

const reasons: Record<string, MessageKey> = {
  seq_behind: "pending.seqBehind",
  conversation_closed: "problem.conversationClosed",
  contact_blocked: "problem.contactBlocked",
  not_in_control: "pending.notInControl",
  unreachable: "problem.offline",
};

const link = "rounded-sm font-semibold underline";

function Failed({ item }: { item: OutgoingItem }) {
  const { t } = useLanguage();
  const { outbox, store } = useLiveClient();
  const code = item.error?.code ?? "";
  const reason = reasons[code];
  const again = () => {
    if (code !== "seq_behind") return outbox.retry(item.client_id);
    // The writer has now seen what came: the same text goes out over it, as a new attempt.
    const timeline = store.state.timelines.get(item.payload.conversation_id);
    outbox.discard(item.client_id);
    outbox.add(item.lane, { ...item.payload, expected_seq: timeline ? lastSeq(timeline) : null });
  };
  return (
    <div role="alert" className="mt-1 flex max-w-96 flex-wrap items-center gap-x-2.5 gap-y-1 rounded-md bg-danger-soft px-2.5 py-1.5 text-sm text-danger">
      <CircleAlert size={15} className="shrink-0" />
      <span className="min-w-0">{reason ? t(reason) : (item.error?.detail ?? t("problem.unexpected"))}</span>
      <button type="button" className={link} onClick={again}>
        {code === "seq_behind" ? t("pending.sendAnyway") : t("delivery.retry")}
      </button>
      <button type="button" className={link} onClick={() => outbox.discard(item.client_id)}>{t("pending.discard")}</button>
    </div>
  );
}
