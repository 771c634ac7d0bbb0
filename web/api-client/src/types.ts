/** The shapes of the API contract (docs/src/api-design.md): one shape for a thing in REST answers, events and webhooks. */
import type { Full } from "./full.ts";
import type { components } from "./schema.ts";

type Schemas = components["schemas"];

export type Status = "pending" | "open" | "snoozed" | "resolved";
export type Priority = "none" | "low" | "medium" | "high" | "urgent";
export type Permission = Schemas["Permission"];
export type Role = Schemas["Role"];
export type Channel = Schemas["Channel"];
export type Visibility = "public" | "note" | "activity";
export type SenderKind = "customer" | "agent" | "bot" | "app" | "system";
export type DeliveryStatus =
  | "queued" | "sending" | "sent" | "delivered" | "read"
  | "rejected" | "expired" | "canceled" | "uncertain";

export interface UserBrief { id: number; name: string; avatar_url: string | null }
export type User = Full<Schemas["User"]>;
export type Me = Full<Schemas["Me"]>;
export type Team = Full<Schemas["Team"]>;
export type Label = Full<Schemas["Label"]>;

export type PreChatKind = Schemas["FieldKind"];
export type PreChatField = Full<Schemas["FormField"]>;
export type WidgetSettings = Full<Schemas["WidgetSettings"]>;
export type ApiSettings = Full<Schemas["ApiSettings"]>;
export type Inbox = Full<Schemas["Inbox"]>;

export interface Identity { id: number; inbox_id: number; address: string; verified: boolean; created_at: string }
export interface ContactBrief {
  id: number; name: string; avatar_url: string | null; email: string | null; phone: string | null;
  verified: boolean; blocked: boolean;
}
export interface Contact extends ContactBrief {
  locale: string | null; attributes: Record<string, unknown>; labels: string[]; identities: Identity[];
  last_seen_at: string | null; created_at: string; updated_at: string;
}

export interface Conversation {
  id: number; number: number; room_id: number; inbox_id: number; channel: Channel;
  contact: ContactBrief; status: Status; priority: Priority;
  assignee: UserBrief | null; team: { id: number; name: string } | null; labels: string[];
  control: { holder: { kind: "nobody" | "app" | "agent"; id: number | null; name: string | null }; epoch: number };
  sessions: { id: number; inbox_id: number; channel: Channel; state: "started" | "ended"; last_seen_at: string }[];
  last_seq: number;
  last_message: {
    seq: number; text: string; direction: "in" | "out"; visibility: Visibility; sender_name: string; at: string;
  } | null;
  unread_count: number; agent_read_seq: number; contact_read_seq: number;
  waiting_since: string | null; snoozed_until: string | null;
  origin: { url: string | null; title: string | null; referrer: string | null } | null;
  attributes: Record<string, unknown>;
  created_at: string; updated_at: string; last_activity_at: string; resolved_at: string | null;
}

export interface Button { id: string; title: string; url: string | null }
export interface Card { title: string; subtitle: string; image_url: string | null; buttons: Button[] }
export type ActivityAction =
  | "created" | "assigned" | "unassigned" | "team_assigned" | "team_unassigned" | "labels" | "priority"
  | "snoozed" | "unsnoozed" | "resolved" | "reopened" | "control" | "merged" | "blocked";
export type Content =
  | { type: "text"; text: string }
  | { type: "image" | "file" | "audio" | "video" | "sticker"; text: string }
  | { type: "location"; latitude: number; longitude: number; title: string; address: string }
  | { type: "contact"; name: string; phones: string[]; emails: string[] }
  | { type: "buttons"; text: string; buttons: Button[] }
  | { type: "cards"; cards: Card[] }
  | { type: "form"; title: string; fields: PreChatField[] }
  | { type: "reply"; text: string; message_id: number; values: Record<string, string> }
  | { type: "template"; name: string; language: string; parameters: Record<string, string>; text: string }
  | { type: "email"; subject: string; text: string; html: string | null; from: string; to: string[]; cc: string[] }
  | { type: "unsupported"; kind: string; text: string }
  | { type: "activity"; action: ActivityAction; params: Record<string, string> };

export type AttachmentKind = Schemas["MediaKind"];
export type Attachment = Full<Schemas["Attachment"]>;
export interface Message {
  id: number; conversation_id: number; room_id: number; inbox_id: number; seq: number; client_id: string | null;
  direction: "in" | "out"; visibility: Visibility;
  sender: { kind: SenderKind; id: number | null; name: string; avatar_url: string | null };
  content: Content; text: string;
  reply_to: { id: number; seq: number; sender_name: string; text: string } | null;
  attachments: Attachment[];
  reactions: { emoji: string; kind: SenderKind; id: number | null; name: string }[];
  delivery: { status: DeliveryStatus; code: string | null; detail: string | null; at: string } | null;
  edited_at: string | null; deleted_at: string | null; created_at: string;
}

/** What happened, in the account's order; `type` decides the shape of `data`. */
export interface Event {
  cursor: string; type: string; at: string;
  actor: { kind: string; id: number | null; name: string };
  conversation_id: number | null; data: unknown;
}

export interface Page<T> { items: T[]; next_cursor: string | null }

/** RFC 9457 problem, the body of every error. */
export interface Problem {
  type: string; title: string; status: number; code: string; detail: string;
  pointer?: string; hint?: string; request_id?: string; last_seq?: number; state?: string;
}

export type Session = Full<Schemas["BrowserSession"]>;
export type Invitation = Full<Schemas["Invitation"]>;
export type ApiToken = Full<Schemas["Token"]>;
export interface Webhook {
  id: number; url: string; events: string[]; description: string; enabled: boolean;
  secret?: string | null; created_at: string; last_failure_at: string | null;
}
export interface WebhookDelivery {
  id: number; event_type: string; webhook_id: string | number; status: string; attempts: number;
  response_status: number | null; response_body: string | null; error: string | null;
  duration_ms: number | null; next_attempt_at: string | null; created_at: string;
}
export interface Draft { text: string; visibility: "public" | "note"; reply_to: number | null; updated_at: string }
export interface ImportReport {
  rows: number; created: number; updated: number;
  rejected: { row: number; column: string | null; code: string; detail: string }[];
}
export type Account = Full<Schemas["Account"]>;
export type ConversationSort = "newest" | "oldest" | "waiting";
export type ConversationView = "mine" | "unassigned" | "all";
