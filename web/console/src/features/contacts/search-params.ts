/** What the list of contacts shows, in the address bar. */
export interface ContactsSearch {
  q?: string;
  label?: string;
  contact?: number;
}

export function readContactsSearch(raw: Record<string, unknown>): ContactsSearch {
  const { q, label, contact } = raw;
  return {
    ...(typeof q === "string" || typeof q === "number" ? { q: String(q) } : {}),
    ...(typeof label === "string" ? { label } : {}),
    ...(typeof contact === "number" ? { contact } : {}),
  };
}
