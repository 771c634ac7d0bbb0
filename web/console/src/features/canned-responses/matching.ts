/** Which canned responses fit what is typed after a slash, and what the text becomes. */
import type { CannedResponse } from "@tertulia/api-client";

/** The word behind a slash that ends at the caret, without the slash; `null` when nobody asks. */
export function wantedAt(text: string, caret: number): string | null {
  return /(?:^|\s)\/([^\s/]*)$/u.exec(text.slice(0, caret))?.[1] ?? null;
}

/** Those whose code begins with it, then those whose code has it, then those whose text has it. */
export function matching(responses: readonly CannedResponse[], wanted: string, limit: number): CannedResponse[] {
  const word = fold(wanted);
  const rank = ({ short_code, content }: CannedResponse) => {
    const code = fold(short_code);
    if (code.startsWith(word)) return 0;
    if (code.includes(word)) return 1;
    return fold(content).includes(word) ? 2 : 3;
  };
  return responses
    .map((response) => ({ response, place: rank(response) }))
    .filter(({ place }) => place < 3)
    .sort((a, b) => a.place - b.place || a.response.short_code.localeCompare(b.response.short_code))
    .slice(0, limit)
    .map(({ response }) => response);
}

/** The text with the slash and its word replaced, and where the caret is then. */
export function insert(text: string, caret: number, wanted: string, content: string): { text: string; caret: number } {
  const start = caret - wanted.length - 1;
  return { text: text.slice(0, start) + content + text.slice(caret), caret: start + content.length };
}

/** Case and accents do not count, as in the search of the server. */
function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
