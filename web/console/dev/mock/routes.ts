/** What the mock answers. It checks little: the real server is the judge of requests. */
import type { Content, Conversation, Message } from "@tertulia/api-client";
import { contacts, conversations, drafts, inboxes, iso, labels, messages, nextId, settle, store, teams, users } from "./data.ts";
import { live } from "./live.ts";
import { settingsRoutes } from "./settings.ts";

export interface Answer {
  status: number;
  data?: unknown;
}
export interface Call {
  url: URL;
  ids: number[];
  body: Record<string, unknown>;
  raw: Buffer;
  contentType: string;
}
export type Route = [string, RegExp, (call: Call) => Answer];

const ok = (data: unknown, status = 200): Answer => ({ status, data });
const none: Answer = { status: 204 };
const page = (items: unknown[]) => ok({ items, next_cursor: null });
const problem = (status: number, code: string, more: object = {}) => ok({ type: "about:blank", title: code, status, code, detail: code, ...more }, status);
let isSignedIn = true;

const permissions = ["conversations:write", "contacts:manage", "labels:manage", "teams:manage", "users:manage", "inboxes:manage", "tokens:manage", "webhooks:manage", "account:manage", "inboxes:all"];

const me = () => ({
  user: users[0], account: { id: 1, name: "Casa do Café", locale: "pt" }, permissions,
  accounts: [{ id: 1, name: "Casa do Café", role: "administrator" }],
});

function find(id: number | undefined): Conversation {
  return conversations.find((each) => each.id === id) ?? (conversations[0] as Conversation);
}

function change(id: number | undefined, part: Partial<Conversation>): Answer {
  const conversation = Object.assign(find(id), part, { updated_at: iso() });
  live.event("conversation.updated", conversation.id, { conversation });
  return ok(conversation);
}

function listConversations({ url }: Call): Answer {
  const get = (key: string) => url.searchParams.get(key);
  const statuses = get("status")?.split(",");
  const items = conversations
    .filter(({ assignee }) => (get("view") === "mine" ? assignee?.id === 1 : get("view") === "unassigned" ? !assignee : true))
    .filter(({ status }) => !statuses || statuses.includes(status))
    .filter(({ inbox_id }) => !get("inbox_id") || inbox_id === Number(get("inbox_id")))
    .filter((each) => !get("label") || each.labels.includes(get("label") ?? ""))
    .sort((a, b) => Date.parse(b.last_activity_at) - Date.parse(a.last_activity_at));
  return page(items);
}

function send({ ids, body }: Call): Answer {
  const conversation = find(ids[0]);
  const content = body["content"] as Content & { text: string };
  const visibility = (body["visibility"] ?? "public") as "public" | "note";
  const behind = messages.some((each) => each.conversation_id === conversation.id && each.direction === "in" && each.seq > Number(body["expected_seq"] ?? Infinity));
  if (behind) return problem(409, "seq_behind", { last_seq: conversation.last_seq });
  const quoted = messages.find(({ id }) => id === (body["reply_to"] as unknown));
  const message: Message = {
    id: nextId(), conversation_id: conversation.id, room_id: conversation.room_id, inbox_id: conversation.inbox_id, seq: ++conversation.last_seq,
    client_id: (body["client_id"] ?? null) as string | null, direction: "out", visibility,
    sender: { kind: "agent", id: 1, name: "Ana Ribeiro", avatar_url: null }, content, text: content.text, spans: [],
    reply_to: quoted ? { id: quoted.id, seq: quoted.seq, sender_name: quoted.sender.name, text: quoted.text } : null, attachments: [], reactions: [],
    delivery: visibility === "public" ? { status: "queued", code: null, detail: null, at: iso() } : null, edited_at: null, deleted_at: null, created_at: iso(),
  };
  messages.push(message);
  settle(conversation);
  live.message(message, conversation);
  if (visibility === "public") setTimeout(() => answerAsCustomer(conversation, message), 900);
  return ok(message, 201);
}

function answerAsCustomer(conversation: Conversation, sent: Message): void {
  sent.delivery = { status: "delivered", code: null, detail: null, at: iso() };
  live.message(sent, conversation, "message.updated");
  live.typing(conversation, true);
  setTimeout(() => {
    const { contact } = conversation;
    const message: Message = {
      ...sent, id: nextId(), seq: ++conversation.last_seq, client_id: null, direction: "in", delivery: null, reply_to: null, created_at: iso(),
      sender: { kind: "customer", id: contact.id, name: contact.name, avatar_url: null }, content: { type: "text", text: "👍 ok!" }, text: "👍 ok!",
    };
    messages.push(message);
    settle(conversation);
    live.message(message, conversation);
  }, 2_500);
}

function amend({ ids }: Call, part: Partial<Message>): Answer {
  const message = messages.find(({ id }) => id === ids[1]);
  if (!message) return problem(404, "not_found");
  Object.assign(message, part);
  live.message(message, find(ids[0]), "message.updated");
  return ok(message);
}

const routes: Route[] = [
  ["GET", /^\/v1\/session$/, () => (isSignedIn ? ok(me()) : problem(401, "session_required"))],
  ["POST", /^\/v1\/session$/, ({ body }) => (String(body["password"]) === "wrong" ? problem(401, "credentials_invalid") : ((isSignedIn = true), ok(me(), 201)))],
  ["DELETE", /^\/v1\/session$/, () => ((isSignedIn = false), none)],
  ["GET", /^\/v1\/setup$/, () => ok({ needed: false })],
  ["GET", /^\/v1\/oidc$/, () => ok({ providers: [{ id: "google", name: "Google" }] })],
  ["GET", /^\/v1\/invitations\/lookup$/, () => ok({ email: "new@example.com" })],
  ["GET", /^\/v1\/users$/, () => page(users)],
  ["GET", /^\/v1\/teams$/, () => page(teams)],
  ["GET", /^\/v1\/labels$/, () => page(labels)],
  ["GET", /^\/v1\/inboxes$/, () => page(inboxes)],
  ["GET", /^\/v1\/inboxes\/(\d+)$/, ({ ids }) => ok(inboxes.find(({ id }) => id === ids[0]))],
  ["PATCH", /^\/v1\/inboxes\/(\d+)$/, ({ ids, body }) => ok(Object.assign(inboxes.find(({ id }) => id === ids[0]) ?? {}, body))],
  ["GET", /^\/v1\/inboxes\/(\d+)\/secret$/, () => ok({ secret: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", identity_secret: "f3b1c0de9a7e4d52" })],
  ["GET", /^\/v1\/conversations\/counts$/, () => ok({ mine: 14, unassigned: 9, pending: 3, all: 37 })],
  ["GET", /^\/v1\/conversations$/, listConversations],
  ["GET", /^\/v1\/conversations\/(\d+)$/, ({ ids }) => ok(find(ids[0]))],
  ["GET", /^\/v1\/conversations\/(\d+)\/messages$/, ({ ids }) => ok({ items: messages.filter((each) => each.conversation_id === ids[0]).sort((a, b) => a.seq - b.seq), has_more: false })],
  ["POST", /^\/v1\/conversations\/(\d+)\/messages$/, send],
  ["PATCH", /^\/v1\/conversations\/(\d+)\/messages\/(\d+)$/, (call) => amend(call, { text: String(call.body["text"]), content: { type: "text", text: String(call.body["text"]) }, edited_at: iso() })],
  ["DELETE", /^\/v1\/conversations\/(\d+)\/messages\/(\d+)$/, (call) => amend(call, { deleted_at: iso(), text: "" })],
  ["PUT", /^\/v1\/conversations\/(\d+)\/messages\/(\d+)\/reaction$/, (call) => amend(call, { reactions: call.body["emoji"] ? [{ emoji: String(call.body["emoji"]), kind: "agent", id: 1, name: "Ana Ribeiro" }] : [] })],
  ["POST", /^\/v1\/conversations\/(\d+)\/messages\/(\d+)\/retry$/, (call) => amend(call, { delivery: { status: "sent", code: null, detail: null, at: iso() } })],
  ["POST", /^\/v1\/conversations\/(\d+)\/assign$/, ({ ids, body }) => change(ids[0], { assignee: users.find(({ id }) => id === (body["user_id"] as unknown)) ?? null })],
  ["POST", /^\/v1\/conversations\/(\d+)\/team$/, ({ ids, body }) => change(ids[0], { team: teams.find(({ id }) => id === (body["team_id"] as unknown)) ?? null })],
  ["POST", /^\/v1\/conversations\/(\d+)\/resolve$/, ({ ids }) => change(ids[0], { status: "resolved", waiting_since: null })],
  ["POST", /^\/v1\/conversations\/(\d+)\/reopen$/, ({ ids }) => change(ids[0], { status: "open" })],
  ["POST", /^\/v1\/conversations\/(\d+)\/snooze$/, ({ ids, body }) => change(ids[0], { status: "snoozed", snoozed_until: String(body["until"]) })],
  ["POST", /^\/v1\/conversations\/(\d+)\/(?:priority|labels|attributes)$/, ({ ids, body }) => change(ids[0], body as Partial<Conversation>)],
  ["POST", /^\/v1\/conversations\/(\d+)\/read$/, ({ ids }) => change(ids[0], { unread_count: 0 })],
  ["GET", /^\/v1\/conversations\/(\d+)\/journal$/, () => ok([])],
  ["GET", /^\/v1\/conversations\/(\d+)\/draft$/, ({ ids }) => (drafts.has(ids[0] ?? 0) ? ok(drafts.get(ids[0] ?? 0)) : none)],
  ["PUT", /^\/v1\/conversations\/(\d+)\/draft$/, ({ ids, body }) => (drafts.set(ids[0] ?? 0, body), ok({ ...body, updated_at: iso() }))],
  ["DELETE", /^\/v1\/conversations\/(\d+)\/draft$/, ({ ids }) => (drafts.delete(ids[0] ?? 0), none)],
  ["GET", /^\/v1\/contacts$/, ({ url }) => page(contacts.filter(({ name }) => name.toLowerCase().includes(url.searchParams.get("q")?.toLowerCase() ?? "")))],
  ["GET", /^\/v1\/contacts\/(\d+)$/, ({ ids }) => ok(contacts.find(({ id }) => id === ids[0]))],
  ["PATCH", /^\/v1\/contacts\/(\d+)$/, ({ ids, body }) => ok(Object.assign(contacts.find(({ id }) => id === ids[0]) ?? {}, body))],
  ["GET", /^\/v1\/contacts\/(\d+)\/conversations$/, ({ ids }) => page(conversations.filter(({ contact }) => contact.id === ids[0]))],
  ["GET", /^\/v1\/search$/, search],
  ...settingsRoutes,
  ["POST", /^\/v1\/attachments$/, ({ raw, contentType }) => ok(storeUpload(raw, contentType), 201)],
];

function search({ url }: Call): Answer {
  const words = url.searchParams.get("q")?.toLowerCase() ?? "";
  if (url.searchParams.get("type") === "contacts") return page(contacts.filter(({ name }) => name.toLowerCase().includes(words)));
  return page(messages.filter(({ text }) => text.toLowerCase().includes(words)).slice(0, 20).map((message) => ({ message, conversation: find(message.conversation_id) })));
}

function storeUpload(raw: Buffer, contentType: string) {
  const boundary = /boundary=(.+)$/.exec(contentType)?.[1] ?? "";
  const head = raw.subarray(0, raw.indexOf("\r\n\r\n")).toString();
  const start = raw.indexOf("\r\n\r\n") + 4;
  const name = /filename="([^"]*)"/.exec(head)?.[1] ?? "file";
  const type = /Content-Type: (.+)/i.exec(head)?.[1]?.trim() ?? "application/octet-stream";
  return store(name, type, raw.subarray(start, raw.indexOf(`\r\n--${boundary}`, start)));
}

export function answerTo(method: string, url: URL, raw: Buffer, contentType: string): Answer {
  for (const [verb, pattern, handler] of routes) {
    const match = verb === method ? pattern.exec(url.pathname) : null;
    if (!match) continue;
    const body = contentType.includes("json") && raw.length > 0 ? JSON.parse(raw.toString()) : {};
    return handler({ url, ids: match.slice(1).map(Number), body, raw, contentType });
  }
  return problem(404, "not_found");
}
