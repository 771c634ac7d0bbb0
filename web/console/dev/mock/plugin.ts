/** A backend in the development server: enough of the API to build and look at every screen without the real one. */
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin } from "vite";
import { WebSocketServer, type WebSocket } from "ws";
import { uploads } from "./data.ts";
import { answerTo } from "./routes.ts";
import { live } from "./live.ts";

export function mockBackend(): Plugin {
  return {
    name: "tertulia-mock-backend",
    configureServer(server) {
      const sockets = new WebSocketServer({ noServer: true });
      sockets.on("connection", (socket: WebSocket) => live.join(socket));
      server.httpServer?.on("upgrade", (request, socket, head) => {
        if (request.url?.startsWith("/v1/stream")) {
          sockets.handleUpgrade(request, socket, head, (each) => sockets.emit("connection", each, request));
        }
      });
      server.middlewares.use((request, response, next) => {
        const url = new URL(request.url ?? "/", "http://mock");
        if (url.pathname.startsWith("/files/")) return sendFile(url, response);
        if (url.pathname.startsWith("/widget/frame")) return void sendFrame(url.pathname, response);
        if (!url.pathname.startsWith("/v1/")) return next();
        void bodyOf(request).then((body) => {
          const { status, data } = answerTo(request.method ?? "GET", url, body, request.headers["content-type"] ?? "");
          response.statusCode = status;
          response.setHeader("content-type", status >= 400 ? "application/problem+json" : "application/json");
          response.end(status === 204 ? undefined : JSON.stringify(data));
        });
      });
    },
  };
}

function sendFile(url: URL, response: ServerResponse): void {
  const file = uploads.get(url.pathname.split("/")[2] ?? "");
  response.statusCode = file ? 200 : 404;
  if (file) response.setHeader("content-type", file.attachment.content_type);
  response.end(file?.body);
}

/** The built widget, for its preview in the settings. */
async function sendFrame(path: string, response: ServerResponse): Promise<void> {
  const name = path === "/widget/frame" ? "index.html" : path.replace("/widget/frame/", "");
  const types: Record<string, string> = { html: "text/html", js: "text/javascript", css: "text/css" };
  const body = await readFile(new URL(`../../../widget/dist/frame/${name}`, import.meta.url)).catch(() => null);
  response.statusCode = body ? 200 : 404;
  response.setHeader("content-type", types[name.split(".").at(-1) ?? ""] ?? "text/plain");
  response.end(body);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
