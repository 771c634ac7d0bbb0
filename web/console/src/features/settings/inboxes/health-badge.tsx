import type { Inbox } from "@tertulia/api-client";
import { useT } from "../../../i18n/use-t.ts";
import { Badge } from "../../../ui/badge.tsx";

/** Says when an inbox does not work; one that does needs no word. */
export function HealthBadge({ health }: Pick<Inbox, "health">) {
  const t = useT();
  if (!health || health.state === "ok") return null;
  return <Badge>{t(`health.${health.state}`)}</Badge>;
}
