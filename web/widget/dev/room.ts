/** The mock's memory: one visitor's room with its messages, events and marks. */

import type {
  Attachment,
  Content,
  ReplyTo,
  Sender,
  WidgetConversation,
  WidgetEvent,
  WidgetMessage,
} from "@tertulia/core";
import type { Visitor } from "../frame/chat/shapes.ts";

const AGENT: Sender = { kind: "agent", id: null, name: "Marta Oliveira", avatar_url: null };
const VISITOR: Sender = { kind: "customer", id: null, name: "", avatar_url: null };

export interface NewMessage {
  content: Content;
  attachments?: Attachment[];
  reply_to?: ReplyTo | null;
  client_id?: string | null;
  sender?: Sender;
  /** A hidden note before it, so that numbers have holes as on the real server. */
  skipsSeq?: boolean;
  created_at?: string;
}

export class Room {
  readonly token: string;
  visitor: Visitor = { id: 1, name: "", email: null, verified: false };
  profile: Record<string, unknown> = {};
  readonly messages: WidgetMessage[] = [];
  readonly events: WidgetEvent[] = [];
  agentRead = 0;
  contactRead = 0;
  status: WidgetConversation["status"] = "open";
  onEvent: (event: WidgetEvent) => void = () => undefined;
  #seq = 0;

  constructor(token: string) {
    this.token = token;
  }

  get conversation(): WidgetConversation | null {
    if (this.messages.length === 0) return null;
    return {
      id: 1,
      status: this.status,
      agent_read_seq: this.agentRead,
      contact_read_seq: this.contactRead,
      last_seq: this.#seq,
      unread_count: this.messages.filter(({ direction, seq }) => direction === "out" && seq > this.contactRead).length,
    };
  }

  fromVisitor(message: NewMessage): WidgetMessage {
    const known = this.messages.find(({ client_id }) => client_id !== null && client_id === message.client_id);
    return known ?? this.#add("in", VISITOR, message);
  }

  fromAgent(message: NewMessage): WidgetMessage {
    return this.#add("out", message.sender ?? AGENT, message);
  }

  change(id: number, part: Partial<WidgetMessage>): WidgetMessage | null {
    const index = this.messages.findIndex((message) => message.id === id);
    const current = this.messages[index];
    if (current === undefined) return null;
    const changed = { ...current, ...part };
    this.messages[index] = changed;
    this.emit("message.updated", { message: changed });
    return changed;
  }

  read(reader: "agent" | "customer", seq: number): void {
    if (reader === "agent") this.agentRead = Math.max(this.agentRead, seq);
    else this.contactRead = Math.max(this.contactRead, seq);
    this.emit("conversation.read", { conversation_id: 1, reader, user_id: null, seq });
  }

  setStatus(status: WidgetConversation["status"]): void {
    this.status = status;
    if (this.conversation !== null) this.emit("conversation.updated", { conversation: this.conversation });
  }

  emit(type: WidgetEvent["type"], data: WidgetEvent["data"]): void {
    const actor = { kind: "system", id: null, name: "" };
    const at = new Date().toISOString();
    const event = { cursor: String(this.events.length + 1), type, at, actor, conversation_id: 1, data } as WidgetEvent;
    this.events.push(event);
    this.onEvent(event);
  }

  #add(direction: "in" | "out", sender: Sender, message: NewMessage): WidgetMessage {
    this.#seq += message.skipsSeq ? 2 : 1;
    const { content } = message;
    const created: WidgetMessage = {
      id: 100 + this.#seq,
      spans: [],
      conversation_id: 1,
      room_id: 1,
      seq: this.#seq,
      client_id: message.client_id ?? null,
      direction,
      visibility: "public",
      sender,
      content,
      text: "text" in content ? content.text : "",
      reply_to: message.reply_to ?? null,
      attachments: message.attachments ?? [],
      reactions: [],
      delivery: null,
      edited_at: null,
      deleted_at: null,
      created_at: message.created_at ?? new Date().toISOString(),
    };
    this.messages.push(created);
    this.emit("message.created", { message: created });
    return created;
  }
}
