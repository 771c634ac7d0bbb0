// A thin client for what a test needs prepared; the journeys themselves go through the browser.
import { type APIRequestContext, expect } from "@playwright/test";

export interface Inbox {
  id: number;
  name: string;
  settings: { key: string };
}

export interface Conversation {
  id: number;
  status: string;
  last_seq: number;
}

export class Api {
  constructor(
    private readonly request: APIRequestContext,
    private readonly origin: string,
  ) {}

  async get<T>(path: string): Promise<T> {
    const response = await this.request.get(this.origin + path);
    expect(response.ok(), `GET ${path}: ${response.status()} ${await response.text()}`).toBe(true);
    return (await response.json()) as T;
  }

  async post<T>(path: string, data: object): Promise<T> {
    return this.write<T>("POST", path, data);
  }

  async patch<T>(path: string, data: object): Promise<T> {
    return this.write<T>("PATCH", path, data);
  }

  private async write<T>(method: string, path: string, data: object): Promise<T> {
    // Sessions may only write from their own origin; a browser would say so by itself.
    const response = await this.request.fetch(this.origin + path, { method, data, headers: { origin: this.origin } });
    expect(response.ok(), `${method} ${path}: ${response.status()} ${await response.text()}`).toBe(true);
    return (await response.json()) as T;
  }
}
