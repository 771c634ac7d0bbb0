import { answer, type DeliveryStatus } from "@tertulia/api-client";
import { applyOwnMessage, type Message } from "@tertulia/core";
import { useMutation } from "@tanstack/react-query";
import { Ban, Check, CheckCheck, CircleAlert, CircleHelp, Clock3, TimerOff } from "lucide-react";
import { api } from "../../app/api.ts";
import { notifyFailure } from "../../app/problems.ts";
import { useT } from "../../i18n/use-t.ts";
import { useLiveClient } from "../../live/hooks.ts";
import { cx } from "../../ui/classes.ts";
import { Tip } from "../../ui/tip.tsx";

const icons: Record<DeliveryStatus, typeof Check> = {
  queued: Clock3,
  sending: Clock3,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
  rejected: CircleAlert,
  expired: TimerOff,
  canceled: Ban,
  uncertain: CircleHelp,
};

const troubles: readonly DeliveryStatus[] = ["rejected", "expired", "canceled", "uncertain"];
const retriable: readonly DeliveryStatus[] = ["rejected", "expired", "uncertain"];

/** Where a message is on its way to the customer. */
export function DeliveryMark({ message, isRead }: { message: Message; isRead: boolean }) {
  const t = useT();
  if (!message.delivery || message.deleted_at) return null;
  const { status } = message.delivery;
  const shown = isRead && !troubles.includes(status) ? "read" : status;
  const Icon = icons[shown];
  const label = t(`delivery.${shown}`);
  return (
    <Tip text={label}>
      <span role="img" aria-label={label} className={cx(shown === "read" && "text-accent", troubles.includes(shown) && "text-danger")}>
        <Icon size={14} />
      </span>
    </Tip>
  );
}

/** Why a message did not get there and what to do. */
export function DeliveryTrouble({ message }: { message: Message }) {
  const t = useT();
  const { store } = useLiveClient();
  const retry = useMutation({
    mutationFn: () =>
      answer(api.POST("/v1/conversations/{id}/messages/{message_id}/retry", { params: { path: { id: message.conversation_id, message_id: message.id } } })),
    onSuccess: (sent) => store.update((state) => applyOwnMessage(state, sent)),
    onError: notifyFailure(t),
  });
  const { delivery } = message;
  if (!delivery || !troubles.includes(delivery.status)) return null;
  return (
    <div className="mt-1 max-w-96 rounded-md bg-danger-soft px-2.5 py-1.5 text-sm text-danger">
      <span>
        {t(`delivery.${delivery.status}`)}
        {(delivery.detail ?? delivery.code) && `: ${delivery.detail ?? delivery.code}`}
        {delivery.status === "uncertain" && ` ${t("delivery.uncertainHint")}`}
      </span>
      {retriable.includes(delivery.status) && (
        <button type="button" disabled={retry.isPending} onClick={() => retry.mutate()} className="ml-2 rounded-sm font-semibold underline disabled:opacity-50">
          {t("delivery.retry")}
        </button>
      )}
    </div>
  );
}
