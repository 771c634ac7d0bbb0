/**
 * What small events told about a conversation: read marks and the newest message.
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
}

export const NOTHING_HEARD: Heard = { agentRead: 0, customerRead: 0, lastSeq: 0, preview: null };

export function hearRead(heard: Heard, reader: "agent" | "customer", seq: number): Heard {
  return reader === "agent"
    ? { ...heard, agentRead: Math.max(heard.agentRead, seq) }
    : { ...heard, customerRead: Math.max(heard.customerRead, seq) };
}

export function hearMessage(heard: Heard, message: Message, writtenAt: string): Heard {
  const lastSeq = Math.max(heard.lastSeq, message.seq);
  if (message.visibility === "activity" || !isNewer(heard.preview, message.seq, writtenAt)) {
    return { ...heard, lastSeq };
  }
  return { ...heard, lastSeq, preview: { message: previewOf(message), writtenAt } };
}

/** The conversation with everything that was heard about it. */
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
  };
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
