import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { cx } from "./classes.ts";
import { Spinner } from "./spinner.tsx";
import { Tip } from "./tip.tsx";

type Tone = "primary" | "plain" | "ghost" | "note" | "danger";
type Size = "tiny" | "small" | "medium";

const tones: Record<Tone, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong border-transparent font-medium",
  plain: "bg-surface text-ink border-line-strong hover:bg-hover",
  ghost: "bg-transparent text-ink-2 border-transparent hover:bg-hover hover:text-ink",
  note: "bg-note-strong text-on-note border-transparent hover:opacity-90 font-medium",
  danger: "bg-danger text-on-danger border-transparent hover:opacity-90 font-medium",
};

const sizes: Record<Size, string> = {
  tiny: "h-6 px-2 text-xs gap-1",
  small: "h-7 px-2 text-sm gap-1.5",
  medium: "h-9 px-3.5 text-base gap-2",
};

const squares: Record<Size, string> = { tiny: "size-7", small: "size-8", medium: "size-9" };

const shared =
  "inline-flex shrink-0 items-center justify-center rounded-md border whitespace-nowrap transition-colors duration-100 disabled:opacity-50 disabled:cursor-not-allowed select-none";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  tone?: Tone;
  size?: Size;
  busy?: boolean;
  icon?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ tone = "plain", size = "medium", busy, icon, className, children, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={cx(shared, tones[tone], sizes[size], className)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy ? <Spinner size={14} /> : icon}
      {children}
    </button>
  );
}

export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** What the button does: its accessible name and its tooltip. */
  label: string;
  size?: Size;
  pressed?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ label, size = "small", pressed, className, ...rest }: IconButtonProps) {
  return (
    <Tip text={label}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={cx(
          shared,
          "border-transparent text-ink-2 hover:bg-hover hover:text-ink",
          squares[size],
          pressed && "bg-selected text-accent-strong",
          className,
        )}
        {...rest}
      />
    </Tip>
  );
}
