/** The event feed and the frames of the two WebSocket streams. */

import type {
  App,
  Contact,
  Conversation,
  Inbox,
  Label,
  Message,
  Presence,
  Status,
  Team,
  User,
  WidgetMessage,
} from "./protocol.ts";

interface Envelope<T extends string, D> {
  cursor: string;
  type: T;
  at: string;
  actor: { kind: string; id: number | null; name: string };
  conversation_id: number | null;
  data: D;
}

export interface ReadMark {
  conversation_id: number;
  reader: "agent" | "customer";
  user_id: number | null;
  seq: number;
}

/** One entry of the account's feed (`Event` on the API page; named so that it cannot be mixed up with the DOM's). */
export type FeedEvent =
  | Envelope<"message.created" | "message.updated", { message: Message }>
  | Envelope<"conversation.created" | "conversation.updated", { conversation: Conversation }>
  | Envelope<"conversation.read", ReadMark>
  | Envelope<"contact.created" | "contact.updated", { contact: Contact }>
  | Envelope<"contact.merged", { contact_id: number; into: number }>
  | Envelope<"contact.erased", { contact_id: number }>
  | Envelope<"app.created" | "app.updated", { app: App }>
  | Envelope<"inbox.created" | "inbox.updated", { inbox: Inbox }>
  | Envelope<"team.created" | "team.updated", { team: Team }>
  | Envelope<"label.created" | "label.updated", { label: Label }>
  | Envelope<"user.created" | "user.updated", { user: User }>
  | Envelope<"app.deleted" | "inbox.deleted" | "team.deleted" | "label.deleted" | "user.deleted", { id: number }>;

export type EventType = FeedEvent["type"];

/** A conversation as its visitor sees it. */
export interface WidgetConversation {
  id: number;
  status: Status;
  agent_read_seq: number;
  contact_read_seq: number;
  last_seq: number;
  unread_count: number;
}

export type WidgetEvent =
  | Envelope<"message.created" | "message.updated", { message: WidgetMessage }>
  | Envelope<"conversation.created" | "conversation.updated", { conversation: WidgetConversation }>
  | Envelope<"conversation.read", ReadMark>;

export interface Typist {
  kind: "customer" | "agent";
  id: number | null;
  name: string;
}

/** What the server sends; `E` is the event type of the stream. */
export type ServerFrame<E> =
  | { type: "ready"; cursor: string; topics: string[] }
  | { type: "event"; event: E }
  | { type: "typing"; conversation_id: number; who: Typist; on: boolean }
  | { type: "viewing"; conversation_id: number | null; user_id: number }
  | { type: "presence"; user_id: number; state: Presence }
  | { type: "presence"; contact_id: number; state: Presence }
  | { type: "resync"; cursor: string }
  | { type: "error"; code: string; topic?: string | null }
  | { type: "pong" };

/** What a console sends. */
export type ClientFrame =
  | { type: "subscribe"; topics: string[]; cursor: string | null }
  | { type: "typing"; conversation_id: number; on: boolean }
  | { type: "viewing"; conversation_id: number | null }
  | { type: "presence"; state: "online" | "away" }
  | { type: "ping" };

/** What a widget sends. */
export type WidgetClientFrame =
  | { type: "subscribe"; token: string; cursor: string | null }
  | { type: "ping" };
