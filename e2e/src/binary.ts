// The real binary on a free port with a data folder of its own.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const READY_WITHIN_MS = 20_000;
/** The demo is filled before it serves. */
const DEMO_READY_WITHIN_MS = 180_000;
const STOPPED_WITHIN_MS = 10_000;

/** All visitors of a run come from one address and are in a hurry; 0 switches a limit off. */
const NO_LIMITS = {
  TERTULIA_VISITORS__BEGINS_PER_IP_PER_HOUR_MAX: "0",
  TERTULIA_VISITORS__MESSAGES_PER_VISITOR_PER_MINUTE_MAX: "0",
  TERTULIA_VISITORS__MESSAGES_PER_IP_PER_MINUTE_MAX: "0",
  TERTULIA_VISITORS__UPLOADS_PER_VISITOR_PER_MINUTE_MAX: "0",
  TERTULIA_VISITORS__REQUESTS_PER_VISITOR_PER_MINUTE_MAX: "0",
};

type Command = "serve" | "demo";

export class Binary {
  private constructor(
    private readonly command: Command,
    readonly origin: string,
    private readonly port: number,
    private readonly folder: string,
    private process: ChildProcess,
    private readonly output: string[],
  ) {}

  /** `config` is the text of a `tertulia.toml`, for what the environment cannot say. */
  static async start(command: Command = "serve", config = ""): Promise<Binary> {
    const folder = await mkdtemp(join(tmpdir(), "tertulia-e2e-"));
    await writeFile(join(folder, "tertulia.toml"), config);
    const port = await freePort();
    const output: string[] = [];
    const process = launch(command, port, folder, output);
    const binary = new Binary(command, `http://127.0.0.1:${port}`, port, folder, process, output);
    await binary.untilReady();
    return binary;
  }

  /** The one-time link that makes the first administrator. */
  async setupLink(): Promise<string> {
    return this.untilPrinted(/https?:\/\/\S+\/setup\S*/);
  }

  /** Ends the process without a warning, as a power cut would. */
  async kill(): Promise<void> {
    const ended = this.ended();
    this.process.kill("SIGKILL");
    await ended;
  }

  /** Starts again on the same port and data. */
  async restart(): Promise<void> {
    this.process = launch(this.command, this.port, this.folder, this.output);
    await this.untilReady();
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const ended = this.ended();
      this.process.kill("SIGTERM");
      const forced = setTimeout(() => this.process.kill("SIGKILL"), STOPPED_WITHIN_MS);
      await ended;
      clearTimeout(forced);
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  private ended(): Promise<void> {
    return new Promise((resolve) => this.process.once("exit", () => resolve()));
  }

  private async untilReady(): Promise<void> {
    const withinMs = this.command === "demo" ? DEMO_READY_WITHIN_MS : READY_WITHIN_MS;
    await until(withinMs, () => `the server is not ready:\n${this.output.join("")}`, async () => {
      if (this.process.exitCode !== null) {
        throw new Error(`the server ended with ${this.process.exitCode}:\n${this.output.join("")}`);
      }
      const response = await fetch(`${this.origin}/readyz`).catch(() => null);
      return response?.ok === true;
    });
  }

  private async untilPrinted(pattern: RegExp): Promise<string> {
    let found: string | undefined;
    await until(READY_WITHIN_MS, () => `nothing like ${pattern} in:\n${this.output.join("")}`, async () => {
      found = pattern.exec(this.output.join(""))?.[0];
      return found !== undefined;
    });
    return found ?? "";
  }
}

function launch(command: Command, port: number, folder: string, output: string[]): ChildProcess {
  const program = process.env["TERTULIA_TEST_BINARY"];
  if (program === undefined) {
    throw new Error("TERTULIA_TEST_BINARY is not set: run `make test-e2e`");
  }
  const child = spawn(program, [command], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      TERTULIA_LISTEN: `127.0.0.1:${port}`,
      TERTULIA_DATA_DIR: join(folder, "data"),
      TERTULIA_PUBLIC_URL: `http://127.0.0.1:${port}`,
      TERTULIA_METRICS_LISTEN: "",
      ...NO_LIMITS,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  return child;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function until(withinMs: number, complaint: () => string, condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) {
      throw new Error(complaint());
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
