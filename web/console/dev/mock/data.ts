/** The state of the mock: an account with users, inboxes and conversations, kept in memory. */
import type { Attachment, Contact, Conversation, Inbox, Label, Message, Team, User } from "@tertulia/api-client";
import { dialogues, names, type Dialogue, type Line } from "./dialogues.ts";

const MINUTE_MS = 60_000;
export const iso = (at_ms = Date.now()) => new Date(at_ms).toISOString();

const user = (id: number, name: string, role: User["role"]): User => ({
  id, name, email: `${name.split(" ")[0]?.toLowerCase()}@example.com`, role, locale: "en", active: true, totp_enabled: false, presence: "online",
  avatar_url: null, team_ids: [id % 2 === 0 ? 1 : 2], created_at: iso(Date.now() - 90 * 1_440 * MINUTE_MS),
});

export const users: User[] = [
  user(1, "Ana Ribeiro", "administrator"),
  user(2, "Mikhail Sokolov", "supervisor"),
  user(3, "Grace Bennett", "agent"),
  user(4, "Pedro Martins", "agent"),
];

export const teams: Team[] = [
  { id: 1, name: "Support", description: "First answers", member_ids: [2, 4] },
  { id: 2, name: "Billing", description: "Invoices and refunds", member_ids: [1, 3] },
];

export const labels: Label[] = [
  { id: 1, name: "billing", color: "#2f7d6b", description: "" },
  { id: 2, name: "vip", color: "#b4530a", description: "" },
  { id: 3, name: "pedido", color: "#3b6fb5", description: "" },
  { id: 4, name: "technical", color: "#7a4fb0", description: "" },
  { id: 5, name: "возврат", color: "#b83a4b", description: "" },
  { id: 6, name: "доставка", color: "#8a7a1d", description: "" },
];

export const inboxes: Inbox[] = [
  {
    id: 1, name: "Shop website", channel: "widget", enabled: true, hook_token: "hk_3f9a", member_ids: [1, 2, 3], reopen_window_secs: 86_400,
    greeting: "Hi! How can we help?", created_at: iso(), capabilities: { edits: true, reactions: true, attachments_max: 10 }, health: null,
    settings: {
      key: "wk_5Qk2mVh8", title: "Casa do Café", subtitle: "We usually answer in a few minutes", color: "#1d6b59", position: "right",
      allowed_origins: ["https://shop.example.com"], locale: "auto", enforce_identity: false, attachments_enabled: true, emoji_enabled: true,
      pre_chat: [{ key: "name", label: "Your name", kind: "text", required: true, options: [] }],
    },
  },
  {
    id: 2, name: "Mobile app", channel: "api", enabled: true, hook_token: "hk_77c2", member_ids: [1, 2], reopen_window_secs: 86_400, greeting: "",
    created_at: iso(), capabilities: { edits: false, reactions: false, attachments_max: 10 }, health: null, settings: { webhook_url: "https://app.example.com/tertulia" },
  },
  {
    id: 3, name: "Shop bot", channel: "telegram", enabled: true, hook_token: "hk_91aa", member_ids: [1], reopen_window_secs: 86_400, greeting: "",
    created_at: iso(), capabilities: { edits: true, reactions: true, attachments_max: 10 },
    health: { state: "degraded", detail: "somebody had pointed the bot elsewhere; the webhook was set again", checked_at: iso() },
    settings: {
      base_url: "https://api.telegram.org", bot_id: "110201543", username: "casa_do_cafe_bot", bot_name: "Casa do Café", avatar_url: null, mode: "webhook",
      commands: [{ command: "help", description: "Get help" }], description: "Coffee by mail", short_description: "",
    },
  },
];

export const contacts: Contact[] = [];
export const conversations: Conversation[] = [];
export const messages: Message[] = [];
export const drafts = new Map<number, unknown>();
let lastId = 1_000;
export const nextId = () => ++lastId;

export const uploads = new Map<string, { attachment: Attachment; body: Buffer }>();

function svg(label: string): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="420"><rect width="640" height="420" fill="#d9c7a8"/><circle cx="320" cy="190" r="110" fill="#5d4632"/><path d="M260 110l60 90-30 50 70 60" stroke="#f3e9d6" stroke-width="5" fill="none"/><text x="320" y="380" text-anchor="middle" font-family="sans-serif" font-size="26" fill="#4a3a2a">${label}</text></svg>`,
  );
}

export function store(name: string, contentType: string, body: Buffer): Attachment {
  const token = `f${nextId()}`;
  const isImage = contentType.startsWith("image/");
  const url = `/files/${token}/${encodeURIComponent(name)}`;
  const attachment: Attachment = {
    id: nextId(), token, name, content_type: contentType, kind: isImage ? "image" : "file", size_bytes: body.length,
    width: isImage ? 640 : null, height: isImage ? 420 : null, url, thumbnail_url: isImage ? url : null, state: "ready", problem: null,
  };
  uploads.set(token, { attachment, body });
  return attachment;
}

function messageOf(conversation: Conversation, line: Line, agent: User, at_ms: number): Message {
  const seq = ++conversation.last_seq;
  const isIn = line.from === "in";
  const failed = line.extra === "rejected" || line.extra === "uncertain" ? line.extra : null;
  const message: Message = {
    id: nextId(), conversation_id: conversation.id, room_id: conversation.room_id, inbox_id: conversation.inbox_id, seq, client_id: null,
    direction: isIn ? "in" : "out", visibility: line.from === "note" ? "note" : "public",
    sender: isIn
      ? { kind: "customer", id: conversation.contact.id, name: conversation.contact.name, avatar_url: null }
      : { kind: "agent", id: agent.id, name: agent.name, avatar_url: null },
    content: { type: "text", text: line.text }, text: line.text, spans: [], reply_to: null, attachments: [], reactions: [],
    delivery: line.from === "out" ? { status: failed ?? "delivered", code: failed && "http_502", detail: failed && "The other side answered 502.", at: iso(at_ms) } : null,
    edited_at: null, deleted_at: null, created_at: iso(at_ms),
  };
  decorate(message, line);
  return message;
}

function decorate(message: Message, { extra, text }: Line): void {
  const earlier = messages.findLast(({ conversation_id, direction }) => conversation_id === message.conversation_id && direction === "in");
  if (extra === "image") message.attachments = [store("кофемолка.svg", "image/svg+xml", svg("фото"))];
  if (extra === "image") message.content = { type: "image", text };
  if (extra === "image") message.attachments.push(store("кофе.svg", "image/svg+xml", svg("два")), store("чашка.svg", "image/svg+xml", svg("три")));
  if (extra === "reply") message.spans = [{ start: 0, length: 5, kind: "bold", url: null }];
  if (extra === "file") message.attachments = [store("invoice-2042-corrected.pdf", "application/pdf", Buffer.alloc(182_400))];
  if (extra === "file") message.content = { type: "file", text };
  if (extra === "reply" && earlier) message.reply_to = { id: earlier.id, seq: earlier.seq, sender_name: earlier.sender.name, text: earlier.text };
  if (extra === "reply") message.reactions = [{ emoji: "❤️", kind: "customer", id: message.sender.id, name: "Beatriz" }];
  if (extra === "buttons") message.content = { type: "buttons", text, buttons: [{ id: "y", title: "Да, удобно", url: null }, { id: "n", title: "Другое время", url: null }] };
  if (extra === "location") message.content = { type: "location", latitude: -23.55052, longitude: -46.63331, title: "Rua Augusta, 1200", address: "São Paulo, SP" };
  if (extra === "form") message.content = { type: "reply", text: "", message_id: 1, values: { Nome: "Larissa", Assunto: "troca de tamanho" } };
}

function activity(conversation: Conversation, action: "created" | "assigned", agent: User, at_ms: number): Message {
  const base = messageOf(conversation, { from: "note", text: "" }, agent, at_ms);
  return {
    ...base, visibility: "activity", sender: action === "created" ? { kind: "system", id: null, name: "Tertulia", avatar_url: null } : base.sender,
    content: { type: "activity", action, params: action === "assigned" ? { user_id: String(agent.id), user_name: agent.name } : {} },
  };
}

function begin(dialogue: Dialogue, index: number): void {
  const id = index + 1;
  const now = Date.now() - index * index * 11 * MINUTE_MS - index * 3 * MINUTE_MS;
  const started = now - dialogue.lines.length * 7 * MINUTE_MS - (index % 3 === 1 ? 1_440 * MINUTE_MS : 0);
  const contact: Contact = {
    id: 500 + id, name: dialogue.name, avatar_url: null, email: dialogue.email, phone: index % 2 ? "+55 11 98888-120" + (index % 10) : null,
    verified: index % 3 === 0, blocked: false, locale: "pt", labels: index % 4 === 2 ? ["vip"] : [],
    attributes: { plan: index % 2 ? "free" : "business", orders: 3 + index },
    identities: [{ id: nextId(), inbox_id: 1, address: `visitor-${id}`, verified: false, unreachable_at: null, created_at: iso(started) }],
    last_seen_at: iso(now), created_at: iso(started), updated_at: iso(now),
  };
  contacts.push(contact);
  const agent = users[index % 3 === 0 ? 0 : 1] as User;
  const assignee = index % 4 === 3 || index === 5 ? null : agent;
  const conversation: Conversation = {
    id, number: 4_100 + id, room_id: id, inbox_id: index % 5 === 4 ? 2 : 1, channel: index % 5 === 4 ? "api" : "widget", contact,
    status: index > 14 && index % 5 === 0 ? "resolved" : "open", priority: dialogue.priority,
    assignee: assignee && { id: assignee.id, name: assignee.name, avatar_url: null }, team: index % 3 === 0 ? { id: 1, name: "Support" } : null,
    labels: dialogue.labels, control: { holder: { kind: "nobody", id: null, name: null }, epoch: 0, offered_at: null }, sessions: [],
    last_seq: 0, last_message: null, unread_count: 0, agent_read_seq: 0, contact_read_seq: 0, waiting_since: null, snoozed_until: null,
    origin: { url: "https://shop.example.com/", title: dialogue.page, referrer: "https://www.google.com/", start: null }, attributes: {},
    created_at: iso(started), updated_at: iso(now), last_activity_at: iso(now), resolved_at: null,
  };
  conversations.push(conversation);
  messages.push(activity(conversation, "created", agent, started));
  dialogue.lines.forEach((line, position) => {
    const at = started + ((position + 1) * (now - started)) / dialogue.lines.length;
    if (position === 1 && assignee) messages.push(activity(conversation, "assigned", agent, at - 30_000));
    messages.push(messageOf(conversation, line, agent, at));
  });
  settle(conversation);
  conversation.unread_count = conversation.waiting_since ? 1 + (index % 2) : 0;
  conversation.contact_read_seq = Math.max(0, conversation.last_seq - 1);
}

/** Brings the summary of a conversation up to its messages. */
export function settle(conversation: Conversation): void {
  const spoken = messages.filter(({ conversation_id, visibility }) => conversation_id === conversation.id && visibility !== "activity");
  const last = spoken.at(-1);
  if (!last) return;
  conversation.last_message = { seq: last.seq, text: last.text, direction: last.direction, visibility: last.visibility, sender_name: last.sender.name, at: last.created_at };
  conversation.last_activity_at = last.created_at;
  conversation.waiting_since = last.direction === "in" ? last.created_at : null;
  conversation.updated_at = iso();
}

dialogues.forEach(begin);
names.concat(names).forEach((name, index) => {
  const model = dialogues[index % dialogues.length] as Dialogue;
  begin({ ...model, name, labels: index % 3 ? [] : model.labels, priority: "none", lines: model.lines.slice(0, 1 + (index % 4)) }, dialogues.length + index);
});
