/** The routes as openapi-fetch reads them: the generated ones, and by hand those that the document does not have yet. */
import type { DocumentedPaths } from "./full.ts";
import type * as T from "./types.ts";

interface Json<Body> { content: { "application/json": Body } }

interface Takes { query?: object; path?: object; body?: unknown }
type Parameters<O extends Takes> = {
  query?: O extends { query: infer Q } ? Q : never;
  header?: { "Idempotency-Key"?: string };
  cookie?: never;
} & (O extends { path: infer P } ? { path: P } : { path?: never });

type Op<Answer, O extends Takes = object> = {
  parameters: Parameters<O>;
  responses: { 200: Json<Answer>; default: { content: { "application/problem+json": T.Problem } } };
} & (O extends { body: infer B } ? { requestBody: Json<B> } : { requestBody?: never });

type Id = { path: { id: number } };
type Nothing = undefined;
interface Paging { limit?: number; cursor?: string }

export interface ConversationQuery extends Paging {
  /** One status or several with commas between them. */
  status?: string;
  view?: T.ConversationView; inbox_id?: number; team_id?: number; assignee_id?: number;
  label?: string; priority?: T.Priority; contact_id?: number; unread?: boolean; sort?: T.ConversationSort;
}
export interface NewMessage {
  content: T.Content; visibility?: "public" | "note"; client_id?: string; reply_to?: number;
  attachments?: string[]; expected_seq?: number;
}
export interface ContactPatch {
  name?: string; email?: string | null; phone?: string | null; locale?: string | null;
  attributes?: Record<string, unknown>; labels?: string[];
}
export interface InboxPatch {
  name?: string; enabled?: boolean; greeting?: string; reopen_window_secs?: number;
  settings?: Partial<T.WidgetSettings> | T.ApiSettings;
}

type Act<Body = undefined> = {
  post: Op<T.Conversation, Body extends undefined ? Id : Id & { body: Body }>;
};
type MessageId = { path: { id: number; message_id: number } };

interface SessionPaths {
  "/v1/setup": {
    get: Op<{ needed: boolean }>;
    post: Op<T.Me, { body: { token: string; account_name: string; name: string; email: string; password: string; locale: string } }>;
  };
  "/v1/session": {
    get: Op<T.Me>;
    post: Op<T.Me, { body: { email: string; password: string; code?: string } }>;
    delete: Op<Nothing>;
  };
  "/v1/session/account": { post: Op<T.Me, { body: { account_id: number } }> };
  "/v1/sessions": { get: Op<T.Page<T.Session>> };
  "/v1/sessions/{id}": { delete: Op<Nothing, Id> };
  "/v1/profile": { patch: Op<T.User, { body: { name?: string; locale?: string } }> };
  "/v1/profile/password": { post: Op<Nothing, { body: { current: string; new: string } }> };
  "/v1/profile/totp": { post: Op<{ secret: string; otpauth_url: string }> };
  "/v1/profile/totp/confirm": { post: Op<{ recovery_codes: string[] }, { body: { code: string } }> };
  "/v1/profile/totp/disable": { post: Op<Nothing, { body: { password: string } }> };
  "/v1/oidc": { get: Op<{ providers: { id: string; name: string }[] }> };
  "/v1/password-resets/accept": { post: Op<Nothing, { body: { token: string; password: string } }> };
  "/v1/invitations/lookup": { get: Op<{ email: string; account_name?: string }, { query: { token: string } }> };
  "/v1/invitations/accept": { post: Op<T.Me, { body: { token: string; name: string; password: string } }> };
  "/v1/stream/ticket": { post: Op<{ ticket: string }> };
}

interface AccountPaths {
  "/v1/account": { get: Op<T.Account>; patch: Op<T.Account, { body: Partial<Omit<T.Account, "id">> }> };
  "/v1/users": { get: Op<T.Page<T.User>, { query: Paging }> };
  "/v1/users/{id}": {
    get: Op<T.User, Id>;
    patch: Op<T.User, Id & { body: { name?: string; role?: T.Role; active?: boolean } }>;
    delete: Op<Nothing, Id>;
  };
  "/v1/users/{id}/password-reset": { post: Op<{ url: string; expires_at: string }, Id> };
  "/v1/invitations": {
    get: Op<T.Page<T.Invitation>, { query: Paging }>;
    post: Op<T.Invitation, { body: { email: string; role: T.Role } }>;
  };
  "/v1/invitations/{id}": { delete: Op<Nothing, Id> };
  "/v1/teams": {
    get: Op<T.Page<T.Team>, { query: Paging }>;
    post: Op<T.Team, { body: Omit<T.Team, "id"> }>;
  };
  "/v1/teams/{id}": { patch: Op<T.Team, Id & { body: Partial<Omit<T.Team, "id">> }>; delete: Op<Nothing, Id> };
  "/v1/tokens": {
    get: Op<T.Page<T.ApiToken>, { query: Paging }>;
    post: Op<T.ApiToken, { body: { name: string; scopes: string[]; expires_at?: string } }>;
  };
  "/v1/tokens/{id}": { delete: Op<Nothing, Id> };
  "/v1/labels": {
    get: Op<T.Page<T.Label>, { query: Paging }>;
    post: Op<T.Label, { body: Omit<T.Label, "id"> }>;
  };
  "/v1/labels/{id}": { patch: Op<T.Label, Id & { body: Partial<Omit<T.Label, "id">> }>; delete: Op<Nothing, Id> };
  "/v1/inboxes": {
    get: Op<T.Page<T.Inbox>, { query: Paging }>;
    post: Op<T.Inbox, { body: { name: string; channel: T.Channel; settings?: Partial<T.WidgetSettings> | T.ApiSettings } }>;
  };
  "/v1/inboxes/{id}": { get: Op<T.Inbox, Id>; patch: Op<T.Inbox, Id & { body: InboxPatch }>; delete: Op<Nothing, Id> };
  "/v1/inboxes/{id}/members": { put: Op<T.Inbox, Id & { body: { user_ids: number[] } }> };
  "/v1/inboxes/{id}/secret": { get: Op<{ secret: string; identity_secret: string }, Id> };
  "/v1/inboxes/{id}/secret/rotate": { post: Op<{ secret: string; identity_secret: string }, Id> };
  "/v1/webhooks": {
    get: Op<T.Page<T.Webhook>, { query: Paging }>;
    post: Op<T.Webhook, { body: { url: string; events: string[]; description: string } }>;
  };
  "/v1/webhooks/{id}": {
    patch: Op<T.Webhook, Id & { body: { url?: string; events?: string[]; description?: string; enabled?: boolean } }>;
    delete: Op<Nothing, Id>;
  };
  "/v1/webhooks/{id}/secret": { get: Op<{ secret: string }, Id> };
  "/v1/webhooks/{id}/secret/rotate": { post: Op<{ secret: string }, Id> };
  "/v1/webhooks/{id}/test": { post: Op<T.WebhookDelivery, Id> };
  "/v1/webhooks/{id}/deliveries": { get: Op<T.Page<T.WebhookDelivery>, Id & { query: Paging }> };
  "/v1/webhooks/{id}/deliveries/{delivery_id}/redeliver": {
    post: Op<T.WebhookDelivery, { path: { id: number; delivery_id: number } }>;
  };
}

interface ContactPaths {
  "/v1/contacts": {
    get: Op<T.Page<T.Contact>, { query: Paging & { q?: string; label?: string } }>;
    post: Op<T.Contact, { body: ContactPatch }>;
  };
  "/v1/contacts/{id}": { get: Op<T.Contact, Id>; patch: Op<T.Contact, Id & { body: ContactPatch }> };
  "/v1/contacts/{id}/conversations": { get: Op<T.Page<T.Conversation>, Id & { query: Paging }> };
  "/v1/contacts/{id}/labels": { put: Op<T.Contact, Id & { body: { labels: string[] } }> };
  "/v1/contacts/{id}/merge": { post: Op<T.Contact, Id & { body: { into: number } }> };
  "/v1/contacts/{id}/block": { post: Op<T.Contact, Id> };
  "/v1/contacts/{id}/unblock": { post: Op<T.Contact, Id> };
  "/v1/contacts/{id}/erase": { post: Op<Nothing, Id> };
  "/v1/contacts/import": { post: Op<T.ImportReport, { query: { dry_run?: boolean }; body: string }> };
}

interface ConversationPaths {
  "/v1/conversations": {
    get: Op<T.Page<T.Conversation>, { query: ConversationQuery }>;
    post: Op<T.Conversation, { body: { contact_id: number; inbox_id: number; content: T.Content; client_id?: string } }>;
  };
  "/v1/conversations/counts": { get: Op<{ mine: number; unassigned: number; all: number }> };
  "/v1/conversations/{id}": { get: Op<T.Conversation, Id> };
  "/v1/conversations/{id}/assign": Act<{ user_id: number | null }>;
  "/v1/conversations/{id}/team": Act<{ team_id: number | null }>;
  "/v1/conversations/{id}/priority": Act<{ priority: T.Priority }>;
  "/v1/conversations/{id}/snooze": Act<{ until: string }>;
  "/v1/conversations/{id}/resolve": Act;
  "/v1/conversations/{id}/reopen": Act;
  "/v1/conversations/{id}/labels": Act<{ labels: string[] }>;
  "/v1/conversations/{id}/read": Act<{ seq: number }>;
  "/v1/conversations/{id}/attributes": Act<{ attributes: Record<string, unknown> }>;
  "/v1/conversations/{id}/draft": {
    get: Op<T.Draft | undefined, Id>;
    put: Op<T.Draft, Id & { body: Omit<T.Draft, "updated_at"> }>;
    delete: Op<Nothing, Id>;
  };
  "/v1/conversations/{id}/journal": { get: Op<T.Page<T.Event>, Id & { query: Paging }> };
  "/v1/conversations/{id}/messages": {
    get: Op<{ items: T.Message[]; has_more: boolean }, Id & { query: { before?: number; after?: number; limit?: number } }>;
    post: Op<T.Message, Id & { body: NewMessage }>;
  };
  "/v1/conversations/{id}/messages/{message_id}": {
    patch: Op<T.Message, MessageId & { body: { text: string } }>;
    delete: Op<T.Message, MessageId>;
  };
  "/v1/conversations/{id}/messages/{message_id}/reaction": {
    put: Op<T.Message, MessageId & { body: { emoji: string | null } }>;
  };
  "/v1/conversations/{id}/messages/{message_id}/retry": { post: Op<T.Message, MessageId> };
}

interface SearchPaths {
  "/v1/search": {
    get: Op<
      { items: ({ message: T.Message; conversation: T.Conversation } | T.Contact)[]; next_cursor: string | null },
      { query: Paging & { q: string; type: "messages" | "contacts" } }
    >;
  };
}

type WrittenPaths = SessionPaths & AccountPaths & ContactPaths & ConversationPaths & SearchPaths;

export type Paths = DocumentedPaths & Omit<WrittenPaths, keyof DocumentedPaths>;
