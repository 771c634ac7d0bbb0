/** A sample bot as a process of its own, which knows a base URL, an account, a token and nothing else. */

import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { House, Json } from "./house.ts";
import type { Inbox } from "./inbox.ts";
import { until } from "./wait.ts";

const FOLDER = join(import.meta.dirname, "../bots");

interface Installed {
  id: number;
  token: string;
}

export class Bot {
  #process: ChildProcess | null = null;
  #output = "";

  private constructor(
    private readonly house: House,
    private readonly program: string,
    readonly installed: Installed,
    private readonly port: number,
  ) {}

  /** Installs a bot, sets it to answer an inbox, and starts it. */
  static async start(house: House, inbox: Inbox, program: string): Promise<Bot> {
    const port = house.botPort();
    const url = `http://127.0.0.1:${port}/`;
    const installed = await house.ours("POST", "/v1/apps", { name: program, contract: "chatwoot", url });
    await house.ours("PUT", `/v1/apps/${installed.id}/inboxes/${inbox.id}`, { role: "answers" });
    const bot = new Bot(house, program, installed, port);
    await bot.restart();
    return bot;
  }

  /** Starts the program again, at the same address. */
  async restart(): Promise<void> {
    const [command, ...args] = this.program.endsWith(".py") ? [python()] : [process.execPath];
    const child = spawn(command ?? "", [...args, join(FOLDER, this.program)], {
      env: {
        PATH: process.env["PATH"],
        PORT: String(this.port),
        CHATWOOT_URL: this.house.origin,
        CHATWOOT_ACCOUNT_ID: String(this.house.accountId),
        CHATWOOT_BOT_TOKEN: this.installed.token,
        PYTHONUNBUFFERED: "1",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = child;
    child.stdout.on("data", (chunk: Buffer) => (this.#output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (this.#output += chunk.toString()));
    await until(`${this.program} listens: ${this.#output}`, async () => {
      if (child.exitCode !== null) throw new Error(`${this.program} ended:\n${this.#output}`);
      const answer = await fetch(`http://127.0.0.1:${this.port}/`).catch(() => null);
      return answer?.ok;
    });
  }

  /** Ends the program without a warning, as a power cut would. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (child === null || child.exitCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill("SIGKILL");
    await ended;
  }

  /** Waits until the server has tried in vain to tell it something, and waits to try again. */
  async untilMissed(): Promise<void> {
    await until("an attempt that failed", async () => {
      const { items } = await this.house.ours("GET", `/v1/apps/${this.installed.id}/deliveries`);
      return items.some((item: Json) => item.attempts > 0 && item.next_attempt_at !== null && item.error !== null);
    });
  }

  /** Waits until it was told of so many messages. */
  async untilTold(count: number): Promise<void> {
    await until(`${count} messages that the bot was told of`, async () => {
      const { items } = await this.house.ours("GET", `/v1/apps/${this.installed.id}/deliveries`);
      const told = items.filter((item: Json) => item.name === "message_created" && item.status === "succeeded");
      return told.length >= count;
    });
  }

  get output(): string {
    return this.#output;
  }
}

/** The interpreter that the SDK is installed for. */
export function python(): string {
  const found = process.env["TERTULIA_TEST_PYTHON"];
  if (found === undefined) throw new Error("TERTULIA_TEST_PYTHON is not set: run `make test-clients`");
  return found;
}
