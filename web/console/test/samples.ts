/** Smallest valid things for tests; each test overrides what it is about. */
import type { App, Conversation, Message } from "@tertulia/api-client";

const AT = "2026-01-01T10:00:00.000000Z";

export function conversationSample(part: Partial<Conversation> = {}): Conversation {
  return {
    id: 1, number: 1, room_id: 1, inbox_id: 1, channel: "widget",
    contact: { id: 1, name: "Vera", avatar_url: null, email: null, phone: null, verified: false, blocked: false },
    status: "open", priority: "none", assignee: null, team: null, labels: [],
    control: { holder: { kind: "nobody", id: null, name: null }, epoch: 0, offered_at: null },
    sessions: [], last_seq: 0, last_message: null, unread_count: 0, agent_read_seq: 0, contact_read_seq: 0,
    waiting_since: null, snoozed_until: null, origin: null, attributes: {},
    created_at: AT, updated_at: AT, last_activity_at: AT, resolved_at: null,
    ...part,
  };
}

export function messageSample(part: Partial<Message> = {}): Message {
  return {
    id: 1, conversation_id: 1, room_id: 1, inbox_id: 1, seq: 1, client_id: null,
    direction: "in", visibility: "public", sender: { kind: "customer", id: 1, name: "Vera", avatar_url: null },
    content: { type: "text", text: "Hello" }, text: "Hello", spans: [], reply_to: null, attachments: [], reactions: [],
    delivery: null, edited_at: null, deleted_at: null, created_at: AT,
    ...part,
  };
}

export function appSample(part: Partial<App> = {}): App {
  return {
    id: 1, name: "Triage", description: "", contract: "tertulia", scopes: ["conversations:read"], enabled: true, hands_over_on_failure: true,
    inboxes: [], endpoint: null, token: null, secret: null, created_at: AT,
    ...part,
  };
}
