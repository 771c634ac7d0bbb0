/** What a failed request means for the message that it carried. */

import type { SendOutcome } from "@tertulia/core";
import { ApiError } from "./api.ts";
import type { ChatState } from "./state.ts";

/** `isCut`: the stream is down as well, so nothing will arrive before it is back; that costs no attempt. */
export function outcomeOf(error: unknown, isCut: boolean): SendOutcome {
  if (error instanceof ApiError && !error.isTemporary) {
    return { kind: "failed", code: error.code, detail: error.message };
  }
  if (isCut || !navigator.onLine) return { kind: "offline" };
  const after_ms = error instanceof ApiError ? error.retryAfter_ms : undefined;
  return { kind: "retry", ...(after_ms !== undefined && { after_ms }) };
}

/** The token is no longer good; being asked to prove an identity is something else. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401 && error.code !== "identity_invalid";
}

/** A refusal that concerns the visitor and not only this message. */
export function refusalOf(error: unknown): ChatState["refusal"] {
  if (!(error instanceof ApiError)) return null;
  if (error.code === "contact_blocked") return "blocked";
  return error.code === "identity_invalid" ? "sign_in" : null;
}
