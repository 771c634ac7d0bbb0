/**
 * What small events told about a conversation: read marks, the newest message, and who waits.
 * It is kept beside the conversation, because the event can come before the conversation is known or after a copy
 * of it that is older; every part only moves forward.
 */

import { compareInstants } from "./instant.ts";
import type { Conversation, Message } from "./protocol.ts";

type Preview = NonNullable<Conversation["last_message"]>;

export interface Heard {
  readonly agentRead: number;
  readonly customerRead: number;
  readonly lastSeq: number;
  /** The newest message worth a preview, and when an event last wrote it (an edit writes it again). */
  readonly preview: { readonly message: Preview; readonly writtenAt: string } | null;
  /** The last message that ended the customer's wait. */
  readonly answeredSeq: number;
  /** The customer's messages after that one, ascending by `seq`. */
  readonly unanswered: readonly { readonly seq: number; readonly at: string }[];
}

export const NOTHING_HEARD: Heard = {
  agentRead: 0,
  customerRead: 0,
  lastSeq: 0,
  preview: null,
  answeredSeq: 0,
  unanswered: [],
};

export function hearRead(heard: Heard, reader: "agent" | "customer", seq: number): Heard {
  return reader === "agent"
    ? { ...heard, agentRead: Math.max(heard.agentRead, seq) }
    : { ...heard, customerRead: Math.max(heard.customerRead, seq) };
}

export function hearMessage(heard: Heard, message: Message, writtenAt: string): Heard {
  const next = { ...hearWait(heard, message), lastSeq: Math.max(heard.lastSeq, message.seq) };
  if (message.visibility === "activity" || !isNewer(heard.preview, message.seq, writtenAt)) return next;
  return { ...next, preview: { message: previewOf(message), writtenAt } };
}

/** Forgets what a copy of the conversation, good up to `seq`, knows better. */
export function forgetUpTo(heard: Heard, seq: number): Heard {
  if (!heard.unanswered.some((each) => each.seq <= seq)) return heard;
  return { ...heard, unanswered: heard.unanswered.filter((each) => each.seq > seq) };
}

/** The server's copy of a conversation with everything that was heard about it. */
export function overlay(conversation: Conversation, heard: Heard): Conversation {
  const preview = heard.preview?.message;
  const known = conversation.last_message;
  const last_message = preview !== undefined && preview.seq >= (known?.seq ?? 0) ? preview : known;
  return {
    ...conversation,
    agent_read_seq: Math.max(conversation.agent_read_seq, heard.agentRead),
    contact_read_seq: Math.max(conversation.contact_read_seq, heard.customerRead),
    last_seq: Math.max(conversation.last_seq, heard.lastSeq),
    last_message,
    last_activity_at: later(conversation.last_activity_at, last_message?.at),
    waiting_since: waitingSince(conversation, heard),
  };
}

/** A wait begins and ends with messages, in their order; the copy is right up to its own `last_seq`. */
function waitingSince({ last_seq, waiting_since }: Conversation, { answeredSeq, unanswered }: Heard): string | null {
  if (waiting_since !== null && answeredSeq <= last_seq) return waiting_since;
  const since = Math.max(answeredSeq, last_seq);
  return unanswered.find(({ seq }) => seq > since)?.at ?? null;
}

function hearWait(heard: Heard, message: Message): Heard {
  const { seq, created_at: at } = message;
  if (endsWait(message)) {
    if (seq <= heard.answeredSeq) return heard;
    return { ...heard, answeredSeq: seq, unanswered: heard.unanswered.filter((each) => each.seq > seq) };
  }
  const begins = message.direction === "in" && message.visibility === "public" && seq > heard.answeredSeq;
  if (!begins || heard.unanswered.some((each) => each.seq === seq)) return heard;
  return { ...heard, unanswered: [...heard.unanswered, { seq, at }].sort((a, b) => a.seq - b.seq) };
}

/** What the team says to the customer ends the wait, and so does closing; our own lines (a greeting) answer nothing. */
function endsWait({ direction, visibility, sender, content }: Message): boolean {
  if (content.type === "activity") return content.action === "resolved";
  return direction === "out" && visibility === "public" && sender.kind !== "system";
}

function isNewer(preview: Heard["preview"], seq: number, writtenAt: string): boolean {
  if (preview === null || seq > preview.message.seq) return true;
  return seq === preview.message.seq && compareInstants(writtenAt, preview.writtenAt) >= 0;
}

function previewOf(message: Message): Preview {
  const { seq, text, direction, visibility, sender, created_at } = message;
  return { seq, text, direction, visibility, sender_name: sender.name, at: created_at };
}

function later(a: string, b: string | undefined): string {
  return b !== undefined && compareInstants(b, a) > 0 ? b : a;
}
