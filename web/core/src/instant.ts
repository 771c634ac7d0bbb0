/**
 * Comparing server times.
 * RFC 3339 texts with different numbers of fraction digits do not sort as texts, and `Date` stops at milliseconds,
 * so instants are compared by whole milliseconds first and by the remaining fraction after that.
 */

/** Negative when `a` is before `b`, 0 when equal, positive when after. */
export function compareInstants(a: string, b: string): number {
  if (a === b) return 0;
  return Date.parse(a) - Date.parse(b) || subMillisecond(a) - subMillisecond(b);
}

/** `null` is before every time. */
export function compareOptionalInstants(a: string | null, b: string | null): number {
  if (a === null || b === null) return (a === null ? 0 : 1) - (b === null ? 0 : 1);
  return compareInstants(a, b);
}

function subMillisecond(instant: string): number {
  const digits = /\.\d{3}(\d+)/.exec(instant)?.[1];
  return digits === undefined ? 0 : Number(`0.${digits}`);
}
