/** Why a sign-in at a provider ended without one; the server leaves the code of it in the address. */
import type { MessageKey } from "../../i18n/catalogue.ts";

const known: Record<string, MessageKey> = {
  credentials_invalid: "session.providerRefused",
  upstream: "session.providerFailed",
  rate_limited: "problem.rateLimited",
  unavailable: "problem.unavailable",
};

export function providerProblem(code: string): MessageKey {
  return known[code] ?? "problem.unexpected";
}

export function readProblem({ problem }: Record<string, unknown>): { problem?: string } {
  return typeof problem === "string" ? { problem } : {};
}
