export { ApiError, answer, createApi, OFFLINE_CODE, problemOf, type Api, type ApiOptions } from "./client.ts";
export type { ContactPatch, ConversationQuery, NewMessage, Paths } from "./paths.ts";
export type * from "./types.ts";
