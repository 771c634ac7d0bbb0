/** A typed client over fetch: every failure is an `ApiError` that carries the server's problem. */
import createClient, { type Client } from "openapi-fetch";
import type { Paths } from "./paths.ts";
import type { Problem } from "./types.ts";

export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title);
  }
  get code(): string {
    return this.problem.code;
  }
  get status(): number {
    return this.problem.status;
  }
}

/** Code of the problem that stands for "the server could not be reached". */
export const OFFLINE_CODE = "offline";

export interface ApiOptions {
  baseUrl?: string;
  fetch?: (request: Request) => Promise<Response>;
}

export type Api = Client<Paths>;

export function createApi(options: ApiOptions = {}): Api {
  return createClient<Paths>({ baseUrl: options.baseUrl ?? "", ...(options.fetch ? { fetch: options.fetch } : {}) });
}

interface Outcome<Data> { data?: Data; error?: unknown; response: Response }

/** Waits for a call and gives its data, or throws an `ApiError`. */
export async function answer<Data>(call: Promise<Outcome<Data>>): Promise<Data> {
  let outcome: Outcome<Data>;
  try {
    outcome = await call;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new ApiError(plainProblem(0, OFFLINE_CODE, "The server could not be reached."));
  }
  if (outcome.response.ok) return outcome.data as Data;
  throw new ApiError(problemOf(outcome.response, outcome.error));
}

/** Reads the problem of a failed answer, whatever its body is. */
export function problemOf(response: Response, body: unknown): Problem {
  if (isProblem(body)) return body;
  const text = typeof body === "string" && body.length < 300 ? body : response.statusText;
  return plainProblem(response.status, "internal", text);
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && "status" in body;
}

function plainProblem(status: number, code: string, detail: string): Problem {
  return { type: "about:blank", title: "Error", status, code, detail };
}
