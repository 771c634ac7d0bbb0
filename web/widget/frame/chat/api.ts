/** The widget API over `fetch`. Every call ends in an answer, an `ApiError` or an `Unreachable` error. */

import type { Attachment, MessagePage, Problem, WidgetMessage } from "@tertulia/core";
import type { IdentityProof, PageInfo } from "../../protocol.ts";
import type { Credential, Draft, Me, ProfileChange, Visitor, WidgetConfig } from "./shapes.ts";

/** The server refused; `code` is stable. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly retryAfter_ms: number | undefined;

  constructor(status: number, problem: Partial<Problem>, retryAfter: string | null) {
    super(problem.detail ?? `HTTP ${status}`);
    this.status = status;
    this.code = problem.code ?? "unknown";
    const seconds = Number(retryAfter ?? Number.NaN);
    this.retryAfter_ms = Number.isFinite(seconds) ? seconds * 1000 : undefined;
  }

  /** Whether the same request can succeed later without any change. */
  get isTemporary(): boolean {
    return this.status >= 500 || this.status === 429 || this.status === 408;
  }
}

/** No answer came: the network is down, the server is, or it took too long. */
export class Unreachable extends Error {}

const REQUEST_TIMEOUT_MS = 20_000;

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

export class Api {
  readonly #base: string;
  readonly #key: string;
  /** The visitor's token; the session sets it. */
  token: string | null = null;

  constructor(origin: string, key: string) {
    this.#base = `${origin}/widget/v1`;
    this.#key = encodeURIComponent(key);
  }

  config(): Promise<WidgetConfig> {
    return this.#call("GET", `/${this.#key}/config`);
  }

  createVisitor(locale: string, page: PageInfo | null, identity: IdentityProof | null): Promise<Credential> {
    const body = { locale, ...(page && { page }), ...(identity && { identity }) };
    return this.#call("POST", `/${this.#key}/visitors`, body);
  }

  identify(identity: IdentityProof): Promise<Credential> {
    return this.#call("POST", "/identify", identity);
  }

  me(): Promise<Me> {
    return this.#call("GET", "/me");
  }

  changeMe(change: ProfileChange): Promise<Visitor> {
    return this.#call("PATCH", "/me", change);
  }

  messages(before?: number): Promise<MessagePage<WidgetMessage>> {
    return this.#call("GET", before === undefined ? "/messages" : `/messages?before=${before}`);
  }

  send(clientId: string, { content, attachments, reply_to }: Draft): Promise<WidgetMessage> {
    return this.#call("POST", "/messages", {
      client_id: clientId,
      content,
      ...(attachments.length > 0 && { attachments: attachments.map(({ token }) => token) }),
      ...(reply_to && { reply_to: reply_to.id }),
    });
  }

  edit(messageId: number, text: string): Promise<WidgetMessage> {
    return this.#call("PATCH", `/messages/${messageId}`, { text });
  }

  remove(messageId: number): Promise<WidgetMessage> {
    return this.#call("DELETE", `/messages/${messageId}`);
  }

  react(messageId: number, emoji: string | null): Promise<WidgetMessage> {
    return this.#call("PUT", `/messages/${messageId}/reaction`, { emoji });
  }

  read(seq: number): Promise<void> {
    return this.#call("POST", "/read", { seq });
  }

  typing(on: boolean): Promise<void> {
    return this.#call("POST", "/typing", { on });
  }

  opened(): Promise<void> {
    return this.#call("POST", "/opened");
  }

  page({ url, title }: PageInfo): Promise<void> {
    return this.#call("POST", "/page", { url, title });
  }

  /** Uploads by `XMLHttpRequest`, the only way to hear of progress. */
  upload(file: File, onProgress: (part: number) => void, signal: AbortSignal): Promise<Attachment> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", `${this.#base}/attachments`);
      request.setRequestHeader("Authorization", `Bearer ${this.token}`);
      request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
      request.onerror = () => reject(new Unreachable());
      request.onabort = () => reject(new Unreachable());
      request.onload = () => {
        const answer = parse(request.responseText);
        if (request.status < 300) resolve(answer as Attachment);
        else reject(new ApiError(request.status, answer ?? {}, request.getResponseHeader("Retry-After")));
      };
      signal.addEventListener("abort", () => request.abort());
      const form = new FormData();
      form.append("file", file, file.name);
      request.send(form);
    });
  }

  streamUrl(): string {
    return `${this.#base.replace(/^http/, "ws")}/stream`;
  }

  async #call<T>(method: Method, path: string, body?: unknown): Promise<T> {
    const headers: Record<string, string> = {};
    if (this.token !== null) headers["Authorization"] = `Bearer ${this.token}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const answer = await fetch(this.#base + path, {
      method,
      headers,
      credentials: "omit",
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw new Unreachable(String(error));
    });
    const value = parse(await answer.text().catch(() => ""));
    if (!answer.ok) throw new ApiError(answer.status, value ?? {}, answer.headers.get("Retry-After"));
    return value as T;
  }
}

function parse(text: string): Partial<Problem> | null {
  try {
    return JSON.parse(text) as Partial<Problem>;
  } catch {
    return null;
  }
}
