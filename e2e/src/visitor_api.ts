// A visitor without a browser: the documented widget API, as a mobile app would use it.
import { expect } from "@playwright/test";

interface Message {
  id: number;
  seq: number;
}

export class VisitorApi {
  private sent = 0;

  private constructor(
    private readonly origin: string,
    private readonly token: string,
  ) {}

  static async arrive(origin: string, key: string, page: { url: string; title: string }): Promise<VisitorApi> {
    const response = await fetch(`${origin}/widget/v1/${key}/visitors`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ locale: "en", page: { ...page, referrer: "" } }),
    });
    expect(response.status, await response.clone().text()).toBe(201);
    const { token } = (await response.json()) as { token: string };
    return new VisitorApi(origin, token);
  }

  async introduce(facts: { name?: string; attributes?: Record<string, string> }): Promise<void> {
    await this.call("PATCH", "/widget/v1/me", facts);
  }

  async say(text: string, attachments: string[] = []): Promise<Message> {
    this.sent += 1;
    const content = { type: attachments.length > 0 ? "file" : "text", text };
    return this.call<Message>("POST", "/widget/v1/messages", {
      client_id: `e2e-${process.pid}-${Date.now()}-${this.sent}`,
      content,
      attachments,
    });
  }

  /** Uploads a small text file under a name and answers its token. */
  async upload(name: string): Promise<string> {
    const form = new FormData();
    form.append("file", new Blob(["Nothing to see here.\n"], { type: "text/plain" }), name);
    const response = await fetch(`${this.origin}/widget/v1/attachments`, {
      method: "POST",
      headers: { authorization: `Bearer ${this.token}` },
      body: form,
    });
    expect(response.status, await response.clone().text()).toBe(201);
    return ((await response.json()) as { token: string }).token;
  }

  private async call<T>(method: string, path: string, body: object): Promise<T> {
    const response = await fetch(this.origin + path, {
      method,
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    expect(response.ok, `${method} ${path}: ${response.status} ${text}`).toBe(true);
    return JSON.parse(text === "" ? "null" : text) as T;
  }
}
