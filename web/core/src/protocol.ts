/**
 * The shapes of the API as clients see them.
 * Written by hand from the API design page; one shape per thing for REST, real-time events and webhooks.
 */

import type { Content, FormField, MediaKind } from "./content.ts";

export type Status = "pending" | "open" | "snoozed" | "resolved";
export type Priority = "none" | "low" | "medium" | "high" | "urgent";
export type Role = "administrator" | "supervisor" | "agent";
export type Channel = "widget" | "api";
export type Direction = "in" | "out";
export type Visibility = "public" | "note" | "activity";
export type Presence = "online" | "away" | "offline";
export type SenderKind = "customer" | "agent" | "bot" | "app" | "system";

export type DeliveryStatus =
  | "queued"
  | "sending"
  | "sent"
  | "delivered"
  | "read"
  | "rejected"
  | "expired"
  | "canceled"
  | "uncertain";

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** A list of messages: ascending by `seq`, addressed by `before` and `after` instead of a cursor. */
export interface MessagePage<M = Message> {
  items: M[];
  has_more: boolean;
}

/** `application/problem+json` with our stable `code`; members after `request_id` belong to some codes only. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  pointer?: string;
  hint?: string;
  request_id: string;
  last_seq?: number;
  holder?: unknown;
  epoch?: number;
  state?: string;
}

export interface UserBrief {
  id: number;
  name: string;
  avatar_url: string | null;
}

export interface User extends UserBrief {
  email: string;
  role: Role;
  locale: string;
  active: boolean;
  totp_enabled: boolean;
  presence: Presence;
  team_ids: number[];
  created_at: string;
}

export interface Me {
  user: User;
  account: { id: number; name: string; locale: string };
  accounts: { id: number; name: string; role: Role }[];
  permissions: string[];
  csrf: null;
}

export interface Team {
  id: number;
  name: string;
  description: string;
  member_ids: number[];
}

export interface Label {
  id: number;
  name: string;
  color: string;
  description: string;
}

export interface WidgetSettings {
  key: string;
  title: string;
  subtitle: string;
  color: string;
  position: "left" | "right";
  allowed_origins: string[];
  /** `auto` or a language code. */
  locale: string;
  pre_chat: FormField[];
  enforce_identity: boolean;
  attachments_enabled: boolean;
  emoji_enabled: boolean;
}

export interface ApiSettings {
  webhook_url: string | null;
}

export interface Inbox {
  id: number;
  name: string;
  channel: Channel;
  enabled: boolean;
  hook_token: string;
  member_ids: number[];
  reopen_window_secs: number;
  greeting: string;
  settings: WidgetSettings | ApiSettings;
  created_at: string;
}

export interface ContactBrief {
  id: number;
  name: string;
  avatar_url: string | null;
  email: string | null;
  phone: string | null;
  verified: boolean;
  blocked: boolean;
}

export interface Identity {
  id: number;
  inbox_id: number;
  address: string;
  verified: boolean;
  created_at: string;
}

export interface Contact extends ContactBrief {
  locale: string | null;
  attributes: Record<string, unknown>;
  labels: string[];
  identities: Identity[];
  last_seen_at: string | null;
  created_at: string;
  updated_at: string;
}

export interface ChannelSession {
  id: number;
  inbox_id: number;
  channel: Channel;
  state: "started" | "ended";
  last_seen_at: string;
}

export interface Conversation {
  id: number;
  number: number;
  room_id: number;
  inbox_id: number;
  channel: Channel;
  contact: ContactBrief;
  status: Status;
  priority: Priority;
  assignee: UserBrief | null;
  team: { id: number; name: string } | null;
  labels: string[];
  control: {
    holder: { kind: "nobody" | "app" | "agent"; id: number | null; name: string | null };
    epoch: number;
  };
  sessions: ChannelSession[];
  last_seq: number;
  last_message: {
    seq: number;
    text: string;
    direction: Direction;
    visibility: Visibility;
    sender_name: string;
    at: string;
  } | null;
  /** Customer messages above my watermark; always 0 in events, where each client counts its own. */
  unread_count: number;
  /** Highest watermark of any agent: what the customer sees as "read". */
  agent_read_seq: number;
  /** The customer's watermark. */
  contact_read_seq: number;
  waiting_since: string | null;
  snoozed_until: string | null;
  origin: { url: string | null; title: string | null; referrer: string | null } | null;
  attributes: Record<string, unknown>;
  created_at: string;
  updated_at: string;
  last_activity_at: string;
  resolved_at: string | null;
}

export interface Attachment {
  id: number;
  token: string;
  name: string;
  content_type: string;
  kind: MediaKind;
  size_bytes: number;
  width: number | null;
  height: number | null;
  url: string;
  thumbnail_url: string | null;
}

export interface Sender {
  kind: SenderKind;
  id: number | null;
  name: string;
  avatar_url: string | null;
}

export interface Reaction {
  emoji: string;
  kind: SenderKind;
  id: number | null;
  name: string;
}

export interface Delivery {
  status: DeliveryStatus;
  code: string | null;
  detail: string | null;
  at: string;
}

export interface ReplyTo {
  id: number;
  seq: number;
  sender_name: string;
  text: string;
}

export interface Message {
  id: number;
  conversation_id: number;
  room_id: number;
  inbox_id: number;
  seq: number;
  client_id: string | null;
  direction: Direction;
  visibility: Visibility;
  sender: Sender;
  content: Content;
  /** Plain text of the content, for previews. */
  text: string;
  reply_to: ReplyTo | null;
  attachments: Attachment[];
  reactions: Reaction[];
  /** Public outgoing messages only. */
  delivery: Delivery | null;
  edited_at: string | null;
  deleted_at: string | null;
  created_at: string;
}

/** A message as a visitor sees it. */
export type WidgetMessage = Omit<Message, "inbox_id">;

/** What both kinds of message have: enough to order, merge and show them. */
export type AnyMessage = WidgetMessage;
