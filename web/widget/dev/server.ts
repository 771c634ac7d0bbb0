/** Serves the built widget as the real server does, with its Content-Security-Policy, on top of the mock. */

import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import { HOST_PAGE } from "./host-page.ts";
import { Mock } from "./mock.ts";

/** The policy of the real server (`ui/frame.rs`), but for `frame-ancestors`. */
const FRAME_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob: https:; " +
  "media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'";

const DIST = new URL("../dist/", import.meta.url);
const TYPES: Record<string, string> = { ".js": "text/javascript", ".css": "text/css", ".html": "text/html" };

export interface Running {
  mock: Mock;
  /** The server's own address, where the frame lives. */
  origin: string;
  /** A website on another origin that includes the loader. */
  website: string;
  /** What that website answers; tests change it. */
  host: { html: string; headers: Record<string, string> };
  stop(): Promise<void>;
}

export async function run(mock = new Mock()): Promise<Running> {
  const server = createServer((request, response) => void serve(mock, request, response));
  mock.acceptSockets(server);
  const port = await listen(server);
  const origin = `http://127.0.0.1:${port}`;
  const host = { html: HOST_PAGE.replaceAll('src="/', `src="${origin}/`), headers: {} };
  const hostServer = createServer((_request, response) => {
    response.writeHead(200, { "Content-Type": "text/html", ...host.headers });
    response.end(host.html);
  });
  const website = `http://127.0.0.1:${await listen(hostServer)}/`;
  const stop = async () => {
    mock.dropSockets();
    for (const each of [server, hostServer]) {
      each.closeAllConnections();
      await new Promise((resolve) => each.close(resolve));
    }
  };
  return { mock, origin, website, host, stop };
}

async function serve(mock: Mock, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (mock.handle(request, response)) return;
  const path = (request.url ?? "/").split("?")[0] ?? "/";
  const isFrame = path === "/widget/frame";
  const name = isFrame ? "frame/index.html" : path.replace(/^\/widget\//, "");
  const body = await readFile(new URL(name, DIST)).catch(() => null);
  if (isFrame) response.setHeader("Content-Security-Policy", FRAME_CSP);
  response.writeHead(body === null ? 404 : 200, { "Content-Type": TYPES[extname(name)] ?? "text/plain" });
  response.end(body);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
