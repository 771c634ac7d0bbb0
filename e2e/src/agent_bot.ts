// A bot that was written for Chatwoot: it is called on the loopback, and answers by Chatwoot's API.
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

const CALLED_WITHIN_MS = 10_000;

/** What the test reads of a call. */
export interface Call {
  event: string;
  content?: string;
  message_type?: string;
  account: { id: number };
  conversation: { id: number };
}

export class AgentBot {
  private readonly calls: Call[] = [];
  private readonly waiting = new Set<() => void>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<AgentBot> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const bot = new AgentBot(server, `http://127.0.0.1:${port}/bot`);
    server.on("request", (request, response) => {
      void bodyOf(request).then((body) => {
        bot.calls.push(JSON.parse(body) as Call);
        response.end();
        for (const wake of bot.waiting) wake();
      });
    });
    return bot;
  }

  /** The configuration that lets the server call an address inside. */
  config(): string {
    return `[egress]\nexceptions = ["${new URL(this.url).host}"]\n`;
  }

  /** The call about a message of the customer, as soon as it has come, or has come so many times. */
  async untilTold(content: string, times = 1): Promise<Call> {
    const isIt = (call: Call) => call.event === "message_created" && call.content === content;
    const deadline = Date.now() + CALLED_WITHIN_MS;
    for (;;) {
      const found = this.calls.filter(isIt)[times - 1];
      if (found) return found;
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`the bot was not told “${content}”, only: ${JSON.stringify(this.calls)}`);
      await this.nextCall(left);
    }
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private nextCall(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, withinMs);
      this.waiting.add(wake);
    });
  }
}

/** Chatwoot's API as such a bot uses it. */
export class AgentBotApi {
  constructor(
    private readonly origin: string,
    private readonly token: string,
  ) {}

  /** Answers in a conversation; says whether only the team sees it. */
  async answer({ account, conversation }: Call, content: string): Promise<{ private: boolean }> {
    return this.post(`/api/v1/accounts/${account.id}/conversations/${conversation.id}/messages`, { content });
  }

  async handOver({ account, conversation }: Call): Promise<void> {
    await this.post(`/api/v1/accounts/${account.id}/conversations/${conversation.id}/toggle_status`, { status: "open" });
  }

  private async post<T>(path: string, body: object): Promise<T> {
    const response = await fetch(this.origin + path, {
      method: "POST",
      headers: { "content-type": "application/json", api_access_token: this.token },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
