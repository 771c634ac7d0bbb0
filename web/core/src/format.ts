/** Times and sizes as people read them. `Intl` does the languages; the caller gives locale and now. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `14:05` or `2:05 PM`. */
export function formatTime(at: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" }).format(new Date(at));
}

/** A heading between days: today, yesterday, a weekday within a week, else a date. */
export function formatDay(at: string, locale: string, now_ms: number): string {
  const date = new Date(at);
  const days = Math.round((startOfDay(now_ms) - startOfDay(date.getTime())) / DAY_MS);
  if (days === 0 || days === 1) {
    return capitalise(new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-days, "day"), locale);
  }
  if (days > 1 && days < 7) {
    return capitalise(new Intl.DateTimeFormat(locale, { weekday: "long" }).format(date), locale);
  }
  const sameYear = date.getFullYear() === new Date(now_ms).getFullYear();
  const year = sameYear ? {} : ({ year: "numeric" } as const);
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", ...year }).format(date);
}

/** How long ago, in the largest unit that fits, for lists: `now`, `5 min`, `3 hr`, `2 days`, then a date. */
export function formatAgo(at: string, locale: string, now_ms: number): string {
  const age_ms = Math.max(0, now_ms - Date.parse(at));
  if (age_ms < MINUTE_MS) {
    return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(0, "second");
  }
  if (age_ms < HOUR_MS) return formatUnit(age_ms / MINUTE_MS, "minute", locale);
  if (age_ms < DAY_MS) return formatUnit(age_ms / HOUR_MS, "hour", locale);
  if (age_ms < 7 * DAY_MS) return formatUnit(age_ms / DAY_MS, "day", locale);
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" }).format(new Date(at));
}

/** Whether a day heading belongs between two messages. */
export function isSameDay(a: string, b: string): boolean {
  return startOfDay(Date.parse(a)) === startOfDay(Date.parse(b));
}

/** `840 B`, `1.2 MB`: decimal units, as file managers and browsers show them. */
export function formatBytes(size_bytes: number, locale: string): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, size_bytes)) / 3));
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: units[power] ?? "byte",
    unitDisplay: power === 0 ? "narrow" : "short",
    maximumFractionDigits: power === 0 ? 0 : 1,
  }).format(size_bytes / 1000 ** power);
}

/** Up to two letters for a round picture when there is no photo. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked.map((word) => Array.from(word ?? "")[0]?.toLocaleUpperCase() ?? "").join("");
}

function formatUnit(value: number, unit: string, locale: string): string {
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(Math.floor(value));
}

function startOfDay(at_ms: number): number {
  return new Date(at_ms).setHours(0, 0, 0, 0);
}

function capitalise(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}
