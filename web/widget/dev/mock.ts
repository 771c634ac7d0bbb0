/** A small server that speaks the widget API from memory: for development and for the browser tests. */

import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Attachment, Content, WidgetEvent } from "@tertulia/core";
import { type WebSocket, WebSocketServer } from "ws";
import type { WidgetConfig } from "../frame/chat/shapes.ts";
import { PICTURE_SVG, SAMPLES } from "./samples.ts";
import { Room } from "./room.ts";

export interface MockOptions {
  /** Answers each visitor message with the next sample. */
  repliesByItself?: boolean;
}

interface SendBody {
  client_id: string;
  content: Content;
  attachments?: string[];
  reply_to?: number;
}

const PAGE_SIZE = 25;

export class Mock {
  readonly config: WidgetConfig = {
    title: "Lamps & Chairs",
    subtitle: "",
    greeting: "Hello! How can we help you today?",
    color: "#4f46e5",
    position: "right",
    locale: "auto",
    pre_chat: [],
    attachments_enabled: true,
    emoji_enabled: true,
    enforce_identity: false,
    online: true,
    team: [
      { name: "Marta Oliveira", avatar_url: null },
      { name: "Ivan Petrov", avatar_url: null },
    ],
  };
  readonly rooms = new Map<string, Room>();
  readonly attachments = new Map<string, { attachment: Attachment; bytes: Buffer }>();
  readonly typing: boolean[] = [];
  /** Requests to answer with this status instead, by method and path prefix. */
  readonly refusals: { match: string; status: number; code: string }[] = [];
  /** Every request as `METHOD /path`. */
  readonly log: string[] = [];
  readonly #options: MockOptions;
  readonly #sockets = new Map<WebSocket, Room | null>();
  #sample = 0;

  constructor(options: MockOptions = {}) {
    this.#options = options;
  }

  /** The only room, when a test has one visitor. */
  get room(): Room {
    const [room] = this.rooms.values();
    if (room === undefined) throw new Error("there is no visitor yet");
    return room;
  }

  /** Sockets that have subscribed. */
  get liveSockets(): number {
    return [...this.#sockets.values()].filter((room) => room !== null).length;
  }

  /** Answers whether the request was for the API. */
  handle(request: IncomingMessage, response: ServerResponse): boolean {
    const path = (request.url ?? "").split("?")[0] ?? "";
    if (path.startsWith("/files/")) return this.#file(path, response);
    if (!path.startsWith("/widget/v1/")) return false;
    response.setHeader("Access-Control-Allow-Origin", "*");
    this.log.push(`${request.method} ${path}`);
    const refusal = this.refusals.find(({ match }) => `${request.method} ${path}`.startsWith(match));
    if (refusal !== undefined) {
      problem(response, refusal.status, refusal.code);
      return true;
    }
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => this.#route(request, path, Buffer.concat(chunks), response));
    return true;
  }

  acceptSockets(server: Server): void {
    const sockets = new WebSocketServer({ noServer: true });
    server.on("upgrade", (request, socket, head) => {
      if (!request.url?.startsWith("/widget/v1/stream")) return;
      sockets.handleUpgrade(request, socket, head, (client) => this.#accept(client));
    });
  }

  /** Every open socket ends without a good-bye. */
  dropSockets(): void {
    for (const socket of this.#sockets.keys()) socket.terminate();
    this.#sockets.clear();
  }

  tell(frame: unknown): void {
    for (const socket of this.#sockets.keys()) socket.send(JSON.stringify(frame));
  }

  agentTypes(on: boolean): void {
    this.tell({ type: "typing", conversation_id: 1, who: { kind: "agent", id: null, name: "Marta" }, on });
  }

  #accept(socket: WebSocket): void {
    this.#sockets.set(socket, null);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("message", (data) => {
      const frame = JSON.parse(String(data)) as { type: string; token?: string; cursor?: string | null };
      if (frame.type === "ping") return socket.send(JSON.stringify({ type: "pong" }));
      const room = this.rooms.get(frame.token ?? "");
      if (room === undefined) return socket.close(4401);
      const from = frame.cursor === null ? room.events.length : Number(frame.cursor);
      for (const event of room.events.slice(from)) socket.send(JSON.stringify({ type: "event", event }));
      socket.send(JSON.stringify({ type: "ready", cursor: String(room.events.length), topics: ["visitor"] }));
      this.#sockets.set(socket, room);
    });
  }

  #fanOut(room: Room, event: WidgetEvent): void {
    for (const [socket, owner] of this.#sockets) {
      if (owner === room) socket.send(JSON.stringify({ type: "event", event }));
    }
  }

  #route(request: IncomingMessage, path: string, body: Buffer, response: ServerResponse): void {
    const call = `${request.method} ${path.replace(/\/messages\/\d+/, "/messages/:id")}`;
    const token = request.headers.authorization?.replace("Bearer ", "") ?? "";
    const room = this.rooms.get(token);
    if (call.endsWith("/config")) return json(response, 200, this.config);
    if (call.endsWith("/visitors")) return json(response, 201, this.#visitor(parse(body)));
    if (room === undefined) return problem(response, 401, "token_invalid");
    const id = Number(/\/messages\/(\d+)/.exec(path)?.[1]);
    switch (call) {
      case "GET /widget/v1/me":
        return json(response, 200, { visitor: room.visitor, conversation: room.conversation, cursor: String(room.events.length) });
      case "PATCH /widget/v1/me":
        Object.assign(room.profile, parse(body));
        return json(response, 200, room.visitor);
      case "POST /widget/v1/identify":
        room.visitor = { ...room.visitor, verified: true, name: String(parse(body)["name"] ?? "") };
        return json(response, 200, { token: room.token, visitor: room.visitor });
      case "GET /widget/v1/messages":
        return json(response, 200, page(room, new URL(request.url ?? "", "http://mock").searchParams));
      case "POST /widget/v1/messages":
        return json(response, 201, this.#send(room, parse(body) as unknown as SendBody));
      case "PATCH /widget/v1/messages/:id": {
        const text = String(parse(body)["text"]);
        return json(response, 200, room.change(id, { text, content: { type: "text", text }, edited_at: now() }));
      }
      case "DELETE /widget/v1/messages/:id":
        return json(response, 200, room.change(id, { text: "", content: { type: "text", text: "" }, attachments: [], deleted_at: now() }));
      case "PUT /widget/v1/messages/:id/reaction": {
        const emoji = parse(body)["emoji"] as string | null;
        const others = room.messages.find((message) => message.id === id)?.reactions.filter(({ kind }) => kind !== "customer") ?? [];
        const mine = emoji === null ? [] : [{ emoji, kind: "customer" as const, id: null, name: "" }];
        return json(response, 200, room.change(id, { reactions: [...others, ...mine] }));
      }
      case "POST /widget/v1/read":
        room.read("customer", Number(parse(body)["seq"]));
        return json(response, 204, null);
      case "POST /widget/v1/typing":
        this.typing.push(parse(body)["on"] === true);
        return json(response, 204, null);
      case "POST /widget/v1/opened":
      case "POST /widget/v1/page":
        return json(response, 204, null);
      case "POST /widget/v1/attachments":
        return json(response, 201, this.#upload(body));
      default:
        return problem(response, 404, "not_found");
    }
  }

  #visitor(body: Record<string, unknown>): unknown {
    const room = new Room(`vis_${this.rooms.size + 1}_${Math.random().toString(36).slice(2)}`);
    room.onEvent = (event) => this.#fanOut(room, event);
    const identity = body["identity"] as { name?: string } | undefined;
    if (identity !== undefined) room.visitor = { ...room.visitor, verified: true, name: identity.name ?? "" };
    this.rooms.set(room.token, room);
    return { token: room.token, visitor: room.visitor };
  }

  #send(room: Room, body: SendBody): unknown {
    const attachments = (body.attachments ?? []).flatMap((token) => this.attachments.get(token)?.attachment ?? []);
    const quoted = room.messages.find(({ id }) => id === body.reply_to);
    const reply_to = quoted ? { id: quoted.id, seq: quoted.seq, sender_name: quoted.sender.name, text: quoted.text } : null;
    const message = room.fromVisitor({ content: body.content, attachments, reply_to, client_id: body.client_id });
    if (this.#options.repliesByItself) setTimeout(() => this.#replyByItself(room, message.seq), 600);
    return message;
  }

  #replyByItself(room: Room, seq: number): void {
    room.read("agent", seq);
    this.agentTypes(true);
    const sample = SAMPLES[this.#sample++ % SAMPLES.length];
    if (sample !== undefined) setTimeout(() => room.fromAgent(sample), 1_200);
  }

  /** Enough of multipart for one file. */
  #upload(body: Buffer): Attachment {
    const start = body.indexOf("\r\n\r\n") + 4;
    const head = body.subarray(0, start).toString("utf8");
    const end = body.lastIndexOf(`\r\n${head.split("\r\n")[0] ?? "--"}`);
    const bytes = body.subarray(start, end);
    const name = /filename="([^"]*)"/.exec(head)?.[1] ?? "file";
    const content_type = /Content-Type: (\S+)/i.exec(head)?.[1] ?? "application/octet-stream";
    const main = content_type.split("/")[0];
    const kind = main === "image" || main === "audio" || main === "video" ? main : "file";
    const token = `f${this.attachments.size + 1}`;
    const url = `/files/${token}/${encodeURIComponent(name)}`;
    const attachment: Attachment = {
      id: this.attachments.size + 1,
      token,
      name,
      content_type,
      kind,
      size_bytes: bytes.length,
      width: null,
      height: null,
      url,
      thumbnail_url: kind === "image" ? `${url}?thumbnail=1` : null,
      state: "ready",
      problem: null,
    };
    this.attachments.set(token, { attachment, bytes });
    return attachment;
  }

  #file(path: string, response: ServerResponse): boolean {
    const stored = this.attachments.get(path.split("/")[2] ?? "");
    response.setHeader("Content-Type", stored?.attachment.content_type ?? "image/svg+xml");
    response.end(stored?.bytes ?? PICTURE_SVG);
    return true;
  }
}

function page(room: Room, query: URLSearchParams): unknown {
  const before = Number(query.get("before") ?? Number.POSITIVE_INFINITY);
  const older = room.messages.filter(({ seq }) => seq < before);
  return { items: older.slice(-PAGE_SIZE), has_more: older.length > PAGE_SIZE };
}

function parse(body: Buffer): Record<string, unknown> {
  return JSON.parse(body.toString("utf8")) as Record<string, unknown>;
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(status === 204 ? undefined : JSON.stringify(value));
}

function problem(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { "Content-Type": "application/problem+json" });
  response.end(JSON.stringify({ type: "about:blank", title: code, status, code, detail: code, request_id: "mock" }));
}

function now(): string {
  return new Date().toISOString();
}
