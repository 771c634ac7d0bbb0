/** What runs while somebody is signed in: the stream, the outbox, and the state that both feed. */
import { ApiError, answer, OFFLINE_CODE, type Attachment, type Content, type Message } from "@tertulia/api-client";
import {
  applyOwnMessage, browserStore, memoryStore, Outbox, reduce, Stream,
  type FeedEvent, type OutboxItem, type SendOutcome, type ServerFrame, type Socket, type StreamState,
} from "@tertulia/core";
import { api } from "../app/api.ts";
import { Signals } from "./signals.ts";
import { LiveStore } from "./store.ts";

/** A message that is on its way; it has all that its bubble shows. */
export interface Outgoing {
  conversation_id: number;
  content: Content;
  visibility: "public" | "note";
  reply_to: Message["reply_to"];
  attachments: Attachment[];
  /** The newest message that the writer had seen; `null` sends whatever came since. */
  expected_seq: number | null;
}
export type OutgoingItem = OutboxItem<Outgoing>;

interface Hooks {
  onEvent: (event: FeedEvent) => void;
  /** Events may have been missed: what was fetched before is to be fetched again. */
  onResync: () => void;
  onSignedOut: () => void;
}

export class LiveClient {
  readonly store = new LiveStore();
  readonly signals = new Signals();
  readonly outbox: Outbox<Outgoing>;
  readonly #stream: Stream<FeedEvent>;
  readonly #stateListeners = new Set<() => void>();
  #wasLive = false;
  #viewing: number | null = null;

  constructor(readonly userId: number, readonly accountId: number, hooks: Hooks) {
    this.outbox = new Outbox({
      store: browserStore(() => localStorage) ?? memoryStore(),
      prefix: `tertulia:outbox:${accountId}:${userId}`,
      send: (item) => this.#send(item),
    });
    this.#stream = new Stream<FeedEvent>({
      connect: () => openSocket(`${window.location.origin.replace(/^http/, "ws")}/v1/stream`),
      subscribe: (cursor) => ({ type: "subscribe", topics: ["account"], cursor }),
      onEvent: (event) => {
        this.store.update((state) => reduce(state, event, { user_id: userId }));
        if (event.type === "message.created" && event.data.message.client_id) {
          this.outbox.acknowledge(event.data.message.client_id);
        }
        hooks.onEvent(event);
      },
      onFrame: (frame) => this.#receive(frame, hooks),
      onResync: hooks.onResync,
      onState: (_, end) => {
        if (end === "signed_out") hooks.onSignedOut();
        for (const listener of this.#stateListeners) listener();
      },
    });
  }

  get streamState(): StreamState {
    return this.#stream.state;
  }

  subscribeToState = (listener: () => void): (() => void) => {
    this.#stateListeners.add(listener);
    return () => void this.#stateListeners.delete(listener);
  };

  start(): void {
    this.#stream.start(null);
    this.outbox.resume();
  }

  stop(): void {
    this.outbox.pause();
    this.#stream.stop();
  }

  setViewing(conversationId: number | null): void {
    this.#viewing = conversationId;
    this.#stream.send({ type: "viewing", conversation_id: conversationId });
  }

  setTyping(conversationId: number, on: boolean): void {
    this.#stream.send({ type: "typing", conversation_id: conversationId, on });
  }

  setPresence(state: "online" | "away"): void {
    this.#stream.send({ type: "presence", state });
  }

  #receive(frame: Exclude<ServerFrame<FeedEvent>, { type: "event" | "resync" | "pong" }>, hooks: Hooks): void {
    if (frame.type !== "ready") return this.signals.receive(frame, this.userId);
    // What was fetched while the first connection was made may have missed events.
    if (!this.#wasLive) hooks.onResync();
    this.#wasLive = true;
    this.outbox.resume();
    if (this.#viewing !== null) this.setViewing(this.#viewing);
  }

  async #send({ client_id, payload }: OutgoingItem): Promise<SendOutcome> {
    try {
      const message = await answer(
        api.POST("/v1/conversations/{id}/messages", {
          params: { path: { id: payload.conversation_id } },
          headers: { "Idempotency-Key": client_id },
          body: {
            content: payload.content,
            visibility: payload.visibility,
            client_id,
            ...(payload.reply_to ? { reply_to: payload.reply_to.id } : {}),
            ...(payload.attachments.length > 0 ? { attachments: payload.attachments.map(({ token }) => token) } : {}),
            ...(payload.expected_seq === null ? {} : { expected_seq: payload.expected_seq }),
          },
        }),
      );
      this.store.update((state) => applyOwnMessage(state, message));
      return { kind: "sent" };
    } catch (error) {
      return outcomeOf(error);
    }
  }
}

/** The browser's socket with the handlers that core sets. */
function openSocket(url: string): Socket {
  const socket = new WebSocket(url);
  const port: Socket = { onopen: null, onmessage: null, onclose: null, send: (data) => socket.send(data), close: (code) => socket.close(code) };
  socket.addEventListener("open", () => port.onopen?.());
  socket.addEventListener("message", (event) => port.onmessage?.(event));
  socket.addEventListener("close", (event) => port.onclose?.(event));
  return port;
}

/** Without a network we wait; when the server is in trouble we try again; what it refuses has failed. */
export function outcomeOf(error: unknown): SendOutcome {
  if (!(error instanceof ApiError)) return { kind: "retry" };
  if (error.code === OFFLINE_CODE) return navigator.onLine ? { kind: "retry" } : { kind: "offline" };
  if (error.status >= 500 || error.status === 429) return { kind: "retry" };
  return { kind: "failed", code: error.code, detail: error.problem.detail };
}

