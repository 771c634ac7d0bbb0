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
  view?: T.ConversationView; status?: T.Status; inbox_id?: number; team_id?: number; assignee_id?: number;
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
type Act<Body = undefined> = {
  post: Op<T.Conversation, Body extends undefined ? Id : Id & { body: Body }>;
};
type MessageId = { path: { id: number; message_id: number } };

interface ContactPaths {
  "/v1/contacts/{id}/merge": { post: Op<T.Contact, Id & { body: { into: number } }> };
  "/v1/contacts/{id}/erase": { post: Op<Nothing, Id> };
}

interface ConversationPaths {
  "/v1/conversations": {
    get: Op<T.Page<T.Conversation>, { query: ConversationQuery }>;
    post: Op<T.Conversation, { body: { contact_id: number; inbox_id: number; content: T.Content; client_id?: string } }>;
  };
  "/v1/conversations/counts": { get: Op<{ mine: number; unassigned: number; pending: number; all: number }> };
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
  "/v1/conversations/{id}/journal": { get: Op<T.Event[], Id> };
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

type WrittenPaths = ContactPaths & ConversationPaths;

export type Paths = DocumentedPaths & Omit<WrittenPaths, keyof DocumentedPaths>;
