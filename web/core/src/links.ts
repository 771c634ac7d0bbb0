/** Finds links in plain text. What comes out are pieces of text, never markup: the caller makes elements of them. */

export type TextPiece = { readonly kind: "text"; readonly text: string } | LinkPiece;
export interface LinkPiece {
  readonly kind: "link";
  readonly text: string;
  readonly href: string;
}

const CANDIDATE = /(?:https?:\/\/|mailto:|www\.)[^\s<>"'`]+|[^\s<>"'`@:/()]{1,64}@[^\s<>"'`@:/()]{1,255}\.[a-z]{2,24}/giu;
const SAFE_PROTOCOLS = new Set(["http:", "https:", "mailto:"]);

export function splitLinks(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const shown = withoutTrailingPunctuation(match[0]);
    const href = safeHref(withScheme(shown));
    if (href === null) continue;
    if (match.index > end) pieces.push({ kind: "text", text: text.slice(end, match.index) });
    pieces.push({ kind: "link", text: shown, href });
    end = match.index + shown.length;
  }
  if (end < text.length) pieces.push({ kind: "text", text: text.slice(end) });
  return pieces;
}

/** The address when a click on it can only open a page or a mail, else `null`. */
export function safeHref(address: string): string | null {
  try {
    const url = new URL(address);
    return SAFE_PROTOCOLS.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function withScheme(address: string): string {
  if (/^(?:https?:\/\/|mailto:)/iu.test(address)) return address;
  return /^www\./iu.test(address) ? `https://${address}` : `mailto:${address}`;
}

/** A full stop ends the sentence, not the address; a closing bracket belongs to it only if it was opened in it. */
function withoutTrailingPunctuation(address: string): string {
  let shown = address.replace(/[.,;:!?…]+$/u, "");
  while (shown.endsWith(")") && count(shown, ")") > count(shown, "(")) {
    shown = shown.slice(0, -1).replace(/[.,;:!?…]+$/u, "");
  }
  return shown;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
