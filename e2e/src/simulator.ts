// `tertulia simulate telegram` on a free port, and the bot that is connected to it.
import { type ChildProcess, spawn } from "node:child_process";

const READY_WITHIN_MS = 20_000;
const PRINTED = /Bot API base URL\s+(\S+)\s+Bot token\s+(\S+)/;

/** The part of a message that the tests look at. */
export interface Said {
  readonly text?: string;
  readonly caption?: string;
  readonly photo?: readonly unknown[];
}

export class Simulator {
  private constructor(
    private readonly process: ChildProcess,
    readonly origin: string,
    private readonly token: string,
  ) {}

  static async start(): Promise<Simulator> {
    const program = process.env["TERTULIA_TEST_BINARY"];
    if (program === undefined) {
      throw new Error("TERTULIA_TEST_BINARY is not set: run `make test-e2e`");
    }
    const child = spawn(program, ["simulate", "telegram", "--listen", "127.0.0.1:0"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [origin, token] = await printed(child);
    return new Simulator(child, origin, token);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGINT");
    await ended;
  }

  /** Calls a method of the Bot API; a refusal is an error. */
  async call<Result>(method: string, params: object): Promise<Result> {
    const response = await fetch(`${this.origin}/bot${this.token}/${method}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(params),
    });
    const answer = (await response.json()) as { ok: boolean; description?: string; result: Result };
    if (!answer.ok) {
      throw new Error(`${method}: ${answer.description}`);
    }
    return answer.result;
  }
}

function printed(child: ChildProcess): Promise<[string, string]> {
  return new Promise((resolve, reject) => {
    let output = "";
    const late = setTimeout(() => reject(new Error(`the simulator is not ready:\n${output}`)), READY_WITHIN_MS);
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const [, origin, token] = PRINTED.exec(output) ?? [];
      if (origin !== undefined && token !== undefined) {
        clearTimeout(late);
        resolve([origin, token]);
      }
    });
  });
}
