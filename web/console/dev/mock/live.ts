/** The mock's real-time side: everybody hears everything, and a customer answers now and then. */
import type { Conversation, Message } from "@tertulia/api-client";
import { WebSocket } from "ws";
import { iso } from "./data.ts";

const sockets = new Set<WebSocket>();
let lastCursor = 0;

function broadcast(frame: unknown): void {
  for (const socket of sockets) if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
}

export const live = {
  join(socket: WebSocket): void {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("message", (data) => {
      const frame = JSON.parse(String(data)) as { type: string };
      if (frame.type === "ping") socket.send(JSON.stringify({ type: "pong" }));
      if (frame.type !== "subscribe") return;
      socket.send(JSON.stringify({ type: "ready", cursor: String(lastCursor), topics: ["account"] }));
      for (const user_id of [1, 2]) socket.send(JSON.stringify({ type: "presence", user_id, state: "online" }));
      for (const contact_id of [501, 503]) socket.send(JSON.stringify({ type: "presence", contact_id, state: "online" }));
      socket.send(JSON.stringify({ type: "viewing", conversation_id: 1, user_id: 2 }));
    });
  },
  event(type: string, conversation_id: number, data: unknown): void {
    const actor = { kind: "agent", id: 1, name: "Ana Ribeiro" };
    broadcast({ type: "event", event: { cursor: String(++lastCursor), type, at: iso(), actor, conversation_id, data } });
  },
  message(message: Message, conversation: Conversation, type = "message.created"): void {
    live.event(type, conversation.id, { message });
    live.event("conversation.updated", conversation.id, { conversation: { ...conversation, unread_count: 0 } });
  },
  typing(conversation: Conversation, on: boolean): void {
    const who = { kind: "customer", id: conversation.contact.id, name: conversation.contact.name };
    broadcast({ type: "typing", conversation_id: conversation.id, who, on });
  },
};
