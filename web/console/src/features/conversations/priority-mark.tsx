import type { Priority } from "@tertulia/api-client";
import { useT } from "../../i18n/use-t.ts";
import { cx } from "../../ui/classes.ts";

const bars: Record<Priority, number> = { none: 0, low: 1, medium: 2, high: 3, urgent: 4 };
const colors: Record<Priority, string> = {
  none: "text-ink-3",
  low: "text-ink-3",
  medium: "text-ink-2",
  high: "text-warn",
  urgent: "text-danger",
};

/** Rising bars: readable without colour. */
export function PriorityMark({ priority, always }: { priority: Priority; always?: boolean }) {
  const t = useT();
  if (priority === "none" && !always) return null;
  return (
    <svg width="13" height="12" viewBox="0 0 13 12" role="img" aria-label={t(`priority.${priority}`)} className={cx("shrink-0 self-center", colors[priority])}>
      {[0, 1, 2, 3].map((bar) => (
        <rect
          key={bar} x={bar * 3.4} y={9 - bar * 3} width="2.4" height={3 + bar * 3} rx="0.8" fill="currentColor"
          opacity={bar < bars[priority] ? 1 : 0.25}
        />
      ))}
    </svg>
  );
}
