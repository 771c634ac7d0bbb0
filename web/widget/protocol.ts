/**
 * What the website's page and the frame say to each other by `postMessage`.
 *
 * Every message carries the version; a side ignores what it does not know. The page speaks first, to the exact
 * origin that its script came from; the frame answers to the exact origin that spoke. Both check who is speaking.
 */

export const PROTOCOL_VERSION = 1;

export interface PageInfo {
  url: string;
  title: string;
  referrer: string | null;
}

/** Who the website says its user is; `hash` proves it (HMAC-SHA256 of `id` with the inbox's identity secret, hex). */
export interface IdentityProof extends Identity {
  hash: string;
}

/** The same without a proof: what agents see of the visitor, and nothing more. */
export interface Identity {
  id: string;
  hash?: string;
  name?: string;
  email?: string;
  phone?: string;
  attributes?: Record<string, unknown>;
}

export type Theme = "auto" | "light" | "dark";

/** From the page to the frame. */
export type PageMessage =
  | { type: "start"; page: PageInfo; locale: string | null; theme: Theme }
  | { type: "shown" }
  | { type: "hidden" }
  | { type: "page"; page: PageInfo }
  | { type: "identify"; identity: Identity }
  | { type: "attributes"; attributes: Record<string, unknown> }
  | { type: "locale"; locale: string }
  | { type: "reset" }
  /** From our own console only: show this configuration, without a network. */
  | { type: "preview"; config: unknown };

/** A received message as the website may use it, for a sound or a notification of its own. */
export interface MessageNotice {
  id: number;
  text: string;
  sender_name: string;
  at: string;
}

/** From the frame to the page. */
export type FrameMessage =
  | { type: "ready" }
  | { type: "close" }
  /** Whether this visitor has a history: if so the next page loads the frame at once, for the unread badge. */
  | { type: "history"; exists: boolean }
  | { type: "unread"; count: number }
  | { type: "message"; message: MessageNotice };

/** Wraps a message for sending. */
export function seal<M extends PageMessage | FrameMessage>(message: M): M & { tertulia: number } {
  return { ...message, tertulia: PROTOCOL_VERSION };
}

/** The message when the data is one of ours and of our version, else `null`. */
export function unseal<M extends PageMessage | FrameMessage>(data: unknown): M | null {
  const sealed = data as (M & { tertulia?: unknown }) | null;
  if (typeof sealed !== "object" || sealed?.tertulia !== PROTOCOL_VERSION) return null;
  return typeof sealed.type === "string" ? sealed : null;
}
