import type { OutboxItem } from "@tertulia/core";
import type { Draft } from "../chat/shapes.ts";
import type { TextKey } from "../i18n/catalogue.ts";
import { useShell } from "../shell/context.ts";
import { Icon, type IconName } from "../shell/icons.tsx";
import type { Row } from "../thread/rows.ts";

/** How far an own message has come: on its way, with the server, read by somebody. */
export function StatusIcon({ row }: { row: Row }) {
  const { state, t } = useShell();
  const isRead = row.message.seq <= state.agentRead;
  const [key, name]: [TextKey, IconName] =
    row.pending !== null ? ["sending", "clock"] : isRead ? ["read", "checks"] : ["sent", "check"];
  return (
    <span class={`status ${key}`} role="img" aria-label={t(key)}>
      <Icon name={name} />
    </span>
  );
}

const REASONS: Record<string, TextKey> = {
  too_long: "too_long",
  contact_blocked: "blocked",
  identity_invalid: "sign_in",
};

export function FailedNote({ item }: { item: OutboxItem<Draft> }) {
  const { chat, t } = useShell();
  const reason = REASONS[item.error?.code ?? ""];
  return (
    <p class="failed" role="alert">
      <Icon name="alert" />
      <span>{t(reason ?? "failed")}</span>
      <button type="button" onClick={() => chat.retry(item.client_id)}>{t("retry")}</button>
      <button type="button" onClick={() => chat.discard(item.client_id)}>{t("discard")}</button>
    </p>
  );
}
