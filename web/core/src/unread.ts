/**
 * Unread counting on the client: events carry no count of their own.
 * The server's count is good up to the `seq` at which it was made; above it the customer's messages are counted by
 * their `seq`, so that a repeated event counts once and the order of events does not matter.
 */

export interface Unread {
  /** The server's count, for messages up to and including `countedTo`. */
  readonly base: number;
  readonly countedTo: number;
  /** `seq`s of the customer's messages above `countedTo`. */
  readonly seqs: readonly number[];
  /** My watermark as far as this client knows it. */
  readonly read: number;
}

export const NOTHING_UNREAD: Unread = { base: 0, countedTo: 0, seqs: [], read: 0 };

/** The number to show. */
export function unreadCount(unread: Unread): number {
  const above = unread.seqs.filter((seq) => seq > unread.read).length;
  return above + (unread.read >= unread.countedTo ? 0 : unread.base);
}

/** A message that the reader has not written. */
export function countMessage(unread: Unread, seq: number): Unread {
  if (seq <= unread.countedTo || unread.seqs.includes(seq)) return unread;
  return { ...unread, seqs: [...unread.seqs, seq].sort((a, b) => a - b) };
}

/** My watermark moved; it never moves back. */
export function markRead(unread: Unread, seq: number): Unread {
  if (seq <= unread.read) return unread;
  return { ...unread, read: seq, seqs: unread.seqs.filter((each) => each > seq) };
}

/** The server counted: `count` unread messages among all up to `lastSeq`. */
export function recount(unread: Unread, count: number, lastSeq: number): Unread {
  if (lastSeq < unread.countedTo) return unread;
  return { ...unread, base: count, countedTo: lastSeq, seqs: unread.seqs.filter((seq) => seq > lastSeq) };
}
