/** Guards against answering over a message that the writer has not seen. */
import type { Message } from "@tertulia/api-client";

/** How many customer messages came after `seenSeq`. */
export function cameSince(messages: readonly Message[], seenSeq: number | null): number {
  if (seenSeq === null) return 0;
  return messages.filter(({ seq, direction, visibility }) => seq > seenSeq && direction === "in" && visibility === "public").length;
}
