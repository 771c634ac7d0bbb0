/**
 * A person was erased: nothing of them stays on the screen, though the server empties its rooms a moment later and
 * tells nobody of each message.
 */

import type { Heard } from "./heard.ts";
import type { AnyMessage, Conversation, Message } from "./protocol.ts";

/** What the server calls a person whose name is gone. */
const NOBODY = "—";

export function erasedConversation(copy: Conversation): Conversation {
  return {
    ...copy,
    contact: { ...copy.contact, name: NOBODY, avatar_url: null, email: null, phone: null, verified: false },
    last_message: copy.last_message && { ...copy.last_message, text: "", sender_name: NOBODY },
    origin: null,
    attributes: {},
  };
}

export function erasedHeard(heard: Heard): Heard {
  const { preview } = heard;
  if (preview === null) return heard;
  return { ...heard, preview: { ...preview, message: { ...preview.message, text: "", sender_name: NOBODY } } };
}

/** As after a deletion, so that no older copy brings the words back. */
export function erasedMessage<M extends AnyMessage>(message: M, at: string): M {
  const sender: Message["sender"] =
    message.sender.kind === "customer" ? { ...message.sender, name: NOBODY, avatar_url: null } : message.sender;
  return {
    ...message,
    sender,
    content: { type: "text", text: "" },
    text: "",
    reply_to: null,
    attachments: [],
    reactions: [],
    deleted_at: message.deleted_at ?? at,
  };
}
