// A provider of OpenID Connect on the loopback: it believes whoever presses its one button.
import { createHash, createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const CLIENT = { id: "tertulia", secret: "a secret between two" };
const KEY_ID = "key-1";
const TOKEN_SECS = 300;

export interface Person {
  subject: string;
  name: string;
  email: string;
  email_verified: boolean;
}

interface Grant {
  person: Person;
  nonce: string;
  challenge: string;
}

export class OidcProvider {
  private readonly keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  private readonly grants = new Map<string, Grant>();
  /** Who sits in front of the browser. */
  person: Person | null = null;
  isBroken = false;

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {
    server.on("request", (request, response) => void this.answer(request, response));
  }

  static async start(): Promise<OidcProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new OidcProvider(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  /** The part of a server's configuration that trusts this provider. */
  config(): string {
    return `
[egress]
exceptions = ["${new URL(this.issuer).host}"]

[[oidc]]
id = "works"
name = "Works"
issuer = "${this.issuer}"
client_id = "${CLIENT.id}"
client_secret = "${CLIENT.secret}"
`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.issuer);
    switch (url.pathname) {
      case "/.well-known/openid-configuration":
        return json(response, this.description());
      case "/keys":
        return json(response, { keys: [{ ...this.keys.publicKey.export({ format: "jwk" }), kid: KEY_ID, use: "sig", alg: "RS256" }] });
      case "/authorize":
        return this.authorize(url, response);
      case "/token":
        return this.token(new URLSearchParams(await bodyOf(request)), response);
      default:
        response.writeHead(404).end();
    }
  }

  private description(): object {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      jwks_uri: `${this.issuer}/keys`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
    };
  }

  private authorize({ searchParams: asked }: URL, response: ServerResponse): void {
    if (this.person === null) return void response.writeHead(401).end();
    const code = randomUUID();
    this.grants.set(code, { person: this.person, nonce: asked.get("nonce") ?? "", challenge: asked.get("code_challenge") ?? "" });
    const back = new URL(asked.get("redirect_uri") ?? "");
    back.searchParams.set("code", code);
    back.searchParams.set("state", asked.get("state") ?? "");
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<!doctype html><html lang="en"><title>Works</title><a href="${back.href.replaceAll("&", "&amp;")}">It is me</a></html>`);
  }

  /** A code works once, and only for who began with the challenge. */
  private token(form: URLSearchParams, response: ServerResponse): void {
    const code = form.get("code") ?? "";
    const grant = this.grants.get(code);
    this.grants.delete(code);
    const challenge = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
    if (this.isBroken || grant?.challenge !== challenge) {
      response.statusCode = this.isBroken ? 500 : 400;
      return json(response, { error: "invalid_grant" });
    }
    json(response, { access_token: randomUUID(), token_type: "Bearer", expires_in: TOKEN_SECS, id_token: this.idToken(grant) });
  }

  private idToken({ person, nonce }: Grant): string {
    const now_secs = Math.floor(Date.now() / 1000);
    const { subject, ...about } = person;
    const head = encoded({ alg: "RS256", kid: KEY_ID });
    const claims = encoded({ iss: this.issuer, aud: CLIENT.id, sub: subject, iat: now_secs, exp: now_secs + TOKEN_SECS, nonce, ...about });
    const signature = createSign("RSA-SHA256").update(`${head}.${claims}`).sign(this.keys.privateKey, "base64url");
    return `${head}.${claims}.${signature}`;
  }
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function json(response: ServerResponse, value: object): void {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(value));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
