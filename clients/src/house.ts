/** The real binary with an account, an administrator's token, and an API inbox with a customer. */

import { type AddressInfo, createServer } from "node:net";
import { Binary } from "../../e2e/src/binary.ts";

const BOTS_MAX = 8;

const ADMINISTRATOR = {
  account_name: "Garden furniture",
  name: "Anna Weber",
  email: "anna@example.com",
  password: "correct horse battery staple",
  locale: "en",
};

/** JSON as an answer has it; the tests say what they expect of it. */
export type Json = ReturnType<typeof JSON.parse>;

interface Answer {
  status: number;
  body: Json;
}

export class House {
  private constructor(
    readonly binary: Binary,
    readonly token: string,
    readonly accountId: number,
    readonly userId: number,
    private readonly botPorts: number[],
  ) {}

  static async open(): Promise<House> {
    const ports = await freePorts(BOTS_MAX);
    const binary = await Binary.start("serve", config(ports));
    const { origin } = binary;
    const link = new URL(await binary.setupLink());
    const setup = { token: link.searchParams.get("token"), ...ADMINISTRATOR };
    const signed = await fetch(`${origin}/v1/setup`, {
      method: "POST",
      headers: { "content-type": "application/json", origin },
      body: JSON.stringify(setup),
    });
    const me = (await signed.json()) as Json;
    const cookie = (signed.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const made = await fetch(`${origin}/v1/tokens`, {
      method: "POST",
      headers: { "content-type": "application/json", origin, cookie },
      body: JSON.stringify({ name: "clients", scopes: me.permissions }),
    });
    const { token } = (await made.json()) as Json;
    return new House(binary, token, me.account.id, me.user.id, ports);
  }

  get origin(): string {
    return this.binary.origin;
  }

  /** A port where a bot may listen. */
  botPort(): number {
    const port = this.botPorts.pop();
    if (port === undefined) throw new Error(`a house has at most ${BOTS_MAX} bots`);
    return port;
  }

  /** A request in our own vocabulary, for what a test needs and is not about. */
  async ours(method: string, path: string, body?: unknown): Promise<Json> {
    const answer = await this.#send(method, path, { authorization: `Bearer ${this.token}` }, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** A request of Chatwoot's, below the account. */
  async theirs(method: string, path: string, body?: unknown, token = this.token): Promise<Answer> {
    const headers = { api_access_token: token };
    return this.#send(method, `/api/v1/accounts/${this.accountId}/${path}`, headers, body);
  }

  /** A request of a customer's app. */
  async public(method: string, path: string, body?: unknown): Promise<Json> {
    const answer = await this.#send(method, `/public/api/v1/${path}`, {}, body);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async close(): Promise<void> {
    await this.binary.stop();
  }

  async #send(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Answer> {
    const response = await fetch(this.origin + path, {
      method,
      headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? null : (JSON.parse(text) as Json) };
  }
}

/** Bots of the tests are on the loopback interface, where nothing is called that was not allowed by name. */
function config(ports: number[]): string {
  const exceptions = ports.map((port) => `"127.0.0.1:${port}"`);
  return `[egress]\nexceptions = [${exceptions.join(", ")}]\n`;
}

/** All at once, so that no two are the same. */
async function freePorts(count: number): Promise<number[]> {
  const probes = Array.from({ length: count }, () => createServer());
  const listens = probes.map((probe) => new Promise<void>((done) => probe.listen(0, "127.0.0.1", done)));
  await Promise.all(listens);
  const ports = probes.map((probe) => (probe.address() as AddressInfo).port);
  await Promise.all(probes.map((probe) => new Promise((done) => probe.close(done))));
  return ports;
}
