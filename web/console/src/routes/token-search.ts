/** The one-time token of a link. A token of digits is still text. */
export function tokenSearch(raw: Record<string, unknown>): { token: string } {
  return { token: typeof raw["token"] === "string" || typeof raw["token"] === "number" ? String(raw["token"]) : "" };
}
