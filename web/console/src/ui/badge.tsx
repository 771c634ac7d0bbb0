import type { ReactNode } from "react";
import { cx } from "./classes.ts";

type Tone = "plain" | "accent" | "danger" | "warn" | "ok" | "note";

const tones: Record<Tone, string> = {
  plain: "bg-sunken text-ink-2 border-line",
  accent: "bg-accent-soft text-accent-strong border-accent-line",
  danger: "bg-danger-soft text-danger border-transparent",
  warn: "bg-note text-warn border-transparent",
  ok: "bg-accent-soft text-ok border-transparent",
  note: "bg-note text-note-ink border-note-line",
};

export function Badge({ tone = "plain", children, className }: { tone?: Tone; children: ReactNode; className?: string }) {
  return (
    <span className={cx("inline-flex items-center gap-1 rounded-sm border px-1.5 text-xs leading-5 font-medium whitespace-nowrap", tones[tone], className)}>
      {children}
    </span>
  );
}

/** A number that asks for attention. */
export function Count({ value, label }: { value: number; label: string }) {
  if (value <= 0) return null;
  return (
    <span
      role="img"
      aria-label={label}
      className="inline-flex h-[1.15rem] min-w-[1.15rem] items-center justify-center rounded-full bg-unread px-1 text-[0.6875rem] font-semibold text-on-unread tabular-nums"
    >
      {value > 99 ? "99+" : value}
    </span>
  );
}

export function LabelDot({ color }: { color: string }) {
  return <span aria-hidden="true" className="inline-block size-2.5 shrink-0 rounded-full" style={{ background: color }} />;
}
