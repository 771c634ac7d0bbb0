/** Tells the website's developer what has no effect here, once for each thing. */

const told = new Set<string>();

export function warnOnce(what: string): void {
  if (told.has(what)) return;
  told.add(what);
  console.warn(`Tertulia: ${what} has no effect here; see docs/src/chatwoot.md.`);
}
