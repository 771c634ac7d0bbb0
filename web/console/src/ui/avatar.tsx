import { cx } from "./classes.ts";

const hues = [18, 45, 95, 150, 185, 225, 265, 310, 345];

interface Props {
  name: string;
  url?: string | null | undefined;
  size?: number;
  className?: string;
}

/** A picture or the initials on a colour that stays the same for a name. */
export function Avatar({ name, url, size = 32, className }: Props) {
  const style = { width: size, height: size, fontSize: Math.round(size * 0.38) };
  if (url) {
    return <img src={url} alt="" style={style} className={cx("shrink-0 rounded-full object-cover", className)} />;
  }
  const hue = hues[hashOf(name) % hues.length] ?? 0;
  const background = `light-dark(oklch(0.9 0.045 ${hue}), oklch(0.37 0.05 ${hue}))`;
  const color = `light-dark(oklch(0.38 0.07 ${hue}), oklch(0.9 0.05 ${hue}))`;
  return (
    <span
      aria-hidden="true"
      style={{ ...style, background, color }}
      className={cx("inline-flex shrink-0 items-center justify-center rounded-full font-semibold select-none", className)}
    >
      {initialsOf(name)}
    </span>
  );
}

export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0] ?? "?";
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  return ([...first][0] ?? "?").toUpperCase() + ([...last][0] ?? "").toUpperCase();
}

function hashOf(text: string): number {
  let hash = 7;
  for (const letter of text) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 100_003;
  return hash;
}
