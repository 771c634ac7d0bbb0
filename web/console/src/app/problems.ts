/** Failures in the words of the person who sees them. */
import { ApiError } from "@tertulia/api-client";
import type { MessageKey } from "../i18n/catalogue.ts";
import type { Translate } from "../i18n/translate.ts";
import { notify } from "../ui/toast.tsx";

const known: Record<string, MessageKey> = {
  offline: "problem.offline",
  rate_limited: "problem.rateLimited",
  unavailable: "problem.unavailable",
  forbidden: "problem.forbidden",
  not_found: "problem.notFound",
  credentials_invalid: "problem.credentials",
  body_too_large: "problem.tooLarge",
  contact_blocked: "problem.contactBlocked",
  conversation_closed: "problem.conversationClosed",
};

export function explain(error: unknown, t: Translate): string {
  if (!(error instanceof ApiError)) return t("problem.unexpected");
  const key = known[error.code];
  if (key) return t(key);
  return error.problem.detail || error.problem.title || t("problem.unexpected");
}

/** The text to show at the field that the server named, by a JSON pointer such as `/email`. */
export function errorAt(error: unknown, pointer: string, t: Translate): string | undefined {
  if (!(error instanceof ApiError) || error.problem.pointer !== pointer) return undefined;
  return explain(error, t);
}

/** The text to show above a form: only what belongs to none of its fields. */
export function errorBeside(error: unknown, pointers: readonly string[], t: Translate): string | undefined {
  if (!error) return undefined;
  if (error instanceof ApiError && error.problem.pointer && pointers.includes(error.problem.pointer)) return undefined;
  return explain(error, t);
}

export function notifyFailure(t: Translate): (error: unknown) => void {
  return (error) => notify(explain(error, t), { tone: "danger" });
}
