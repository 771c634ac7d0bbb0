/** The mock's answers for the settings pages: fixed things to look at. */
import type { ApiToken, App, CannedResponse, Invitation, Session, Webhook, WebhookDelivery } from "@tertulia/api-client";
import { iso } from "./data.ts";
import type { Route } from "./routes.ts";

const HOUR_MS = 3_600_000;
const ago = (hours: number) => iso(Date.now() - hours * HOUR_MS);

const sessions: Session[] = [
  { id: 1, created_at: ago(30), last_seen_at: ago(0), user_agent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0 Safari/537.36", ip: "203.0.113.7", current: true },
  { id: 2, created_at: ago(90), last_seen_at: ago(20), user_agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1) Version/19 Safari/604.1", ip: "198.51.100.23", current: false },
];
const tokens: ApiToken[] = [
  { id: 1, name: "Order sync", scopes: ["conversations:read", "contacts:write"], token: null, last_used_at: ago(1), expires_at: null, created_at: ago(900) },
];
const invitations: Invitation[] = [
  { id: 1, email: "lucia@example.com", role: "agent", url: "https://chat.example.com/invite?token=4f1d", created_at: ago(2), expires_at: iso(Date.now() + 72 * HOUR_MS) },
];
const webhooks: Webhook[] = [
  { id: 1, url: "https://crm.example.com/hooks/tertulia", events: ["message.created", "conversation.updated"], description: "CRM", contract: "tertulia", enabled: true, secret: null, created_at: ago(500), last_failure_at: null },
  { id: 2, url: "https://old.example.com/in", events: ["contact.updated"], description: "", contract: "tertulia", enabled: true, secret: null, created_at: ago(800), last_failure_at: ago(2) },
];
const cannedResponses: CannedResponse[] = [
  { id: 1, short_code: "hi", content: "Hello! How can I help you today?", created_at: ago(900), updated_at: ago(900) },
  { id: 2, short_code: "hours", content: "We are open from Monday to Friday, 9 am to 6 pm.\nOn Saturdays until noon.", created_at: ago(800), updated_at: ago(20) },
  { id: 3, short_code: "refund", content: "The money is back on your card within five working days.", created_at: ago(700), updated_at: ago(700) },
];
const apps: App[] = [
  {
    id: 1, name: "Triage", description: "Asks what it is about and hands over", contract: "chatwoot", scopes: ["conversations:read", "conversations:write", "contacts:read", "inboxes:all"],
    enabled: true, hands_over_on_failure: true, inboxes: [{ inbox_id: 1, role: "answers" }], token: null, secret: null, created_at: ago(300),
    endpoint: { url: "https://bots.example.com/triage", ack_secs: 30, enabled: true, failing_since: null, last_failure_at: null },
  },
  {
    id: 2, name: "Archive", description: "", contract: "tertulia", scopes: ["conversations:read"], enabled: true, hands_over_on_failure: true,
    inboxes: [{ inbox_id: 1, role: "watches" }, { inbox_id: 2, role: "watches" }], token: null, secret: null, created_at: ago(200),
    endpoint: { url: "https://archive.example.com/in", ack_secs: 30, enabled: true, failing_since: ago(3), last_failure_at: ago(1) },
  },
];
const delivery = (id: number, status: WebhookDelivery["status"], response_status: number | null): WebhookDelivery => ({
  id, event_type: "message.created", name: "", webhook_id: 1, status, attempts: status === "pending" ? 3 : 1, response_status,
  response_body: response_status === 500 ? "upstream unavailable" : null, error: null, duration_ms: 84, next_attempt_at: status === "pending" ? iso(Date.now() + HOUR_MS) : null, created_at: ago(id),
});

const page = (items: unknown[]) => ({ status: 200, data: { items, next_cursor: null } });
const ok = (data: unknown) => ({ status: 200, data });

export const settingsRoutes: Route[] = [
  ["GET", /^\/v1\/sessions$/, () => page(sessions)],
  ["GET", /^\/v1\/tokens$/, () => page(tokens)],
  ["POST", /^\/v1\/tokens$/, ({ body }) => ok({ ...tokens[0], ...body, token: "ttl_4mDk2Vb8qWcXz7Rt5Yp1Ns6Lf" })],
  ["GET", /^\/v1\/invitations$/, () => page(invitations)],
  ["POST", /^\/v1\/invitations$/, ({ body }) => ok({ ...invitations[0], ...body })],
  ["GET", /^\/v1\/canned-responses$/, () => page(cannedResponses)],
  ["POST", /^\/v1\/canned-responses$/, ({ body }) => ok({ ...cannedResponses[0], ...body, id: 9 })],
  ["GET", /^\/v1\/webhooks$/, () => page(webhooks)],
  ["GET", /^\/v1\/webhooks\/(\d+)\/deliveries$/, () => page([delivery(1, "succeeded", 200), delivery(2, "pending", 500), delivery(3, "succeeded", 204)])],
  ["GET", /^\/v1\/apps$/, () => page(apps)],
  ["GET", /^\/v1\/apps\/(\d+)\/deliveries$/, () => page([delivery(1, "succeeded", 200), delivery(2, "pending", 500)])],
  ["GET", /^\/v1\/apps\/(\d+)\/secrets$/, () => ok({ token: "tta_9sKd2Vb8qWcXz7Rt5Yp1Ns6Lf", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" })],
  ["GET", /^\/v1\/account$/, () => ok({ id: 1, name: "Casa do Café", locale: "pt", conversation_policy: "contact" })],
  ["POST", /^\/v1\/profile\/totp$/, () => ok({ secret: "JBSWY3DPEHPK3PXP", otpauth_url: "otpauth://totp/Tertulia:ana?secret=JBSWY3DPEHPK3PXP&issuer=Tertulia" })],
  ["POST", /^\/v1\/profile\/totp\/confirm$/, () => ok({ recovery_codes: ["4fj2-99xa", "k21m-8swq", "p0d7-ahz3"] })],
  ["POST", /^\/v1\/contacts\/import$/, () => ok({ rows: 120, created: 96, updated: 21, rejected: [{ row: 14, column: "email", code: "invalid", detail: "“ana@” is not an e-mail address" }] })],
];
