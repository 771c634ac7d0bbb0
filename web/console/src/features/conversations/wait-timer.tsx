import { Hourglass } from "lucide-react";
import { useNow } from "../../app/use-now.ts";
import { useLanguage } from "../../i18n/use-t.ts";
import { cx } from "../../ui/classes.ts";

const MINUTE_MS = 60_000;
const LONG_WAIT_MS = 15 * MINUTE_MS;

/** How long the customer has waited for an answer. */
export function WaitTimer({ since }: { since: string | null }) {
  const { t, locale } = useLanguage();
  const now = useNow();
  if (!since) return null;
  const waited_ms = Math.max(0, now - Date.parse(since));
  return (
    <time dateTime={since} className={cx("flex shrink-0 items-center gap-1 tabular-nums", waited_ms > LONG_WAIT_MS ? "font-medium text-warn" : "text-ink-3")}>
      <Hourglass size={12} role="img" aria-label={t("list.waiting")} />
      {formatDuration(waited_ms, locale)}
    </time>
  );
}

/** `3 min`, `2 hr`, `5 days`: the largest unit that fits. */
export function formatDuration(duration_ms: number, locale: string): string {
  const minutes = Math.max(1, Math.floor(duration_ms / MINUTE_MS));
  const [value, unit] = minutes < 60 ? [minutes, "minute"] : minutes < 1_440 ? [Math.floor(minutes / 60), "hour"] : [Math.floor(minutes / 1_440), "day"];
  return new Intl.NumberFormat(locale, { style: "unit", unit: String(unit), unitDisplay: "short" }).format(Number(value));
}
