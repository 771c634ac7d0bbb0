/**
 * A WebSocket that stays: subscribes, resumes from the last cursor, and comes back by itself.
 *
 * The cursor moves only after an event was handed over, so a connection that dies in between replays it; reducers
 * take repetitions. A silent connection is pinged and given up when no answer comes, because a sleeping laptop or a
 * broken router never says good-bye.
 */

import { type Backoff, backoffMs } from "./backoff.ts";
import type { ServerFrame } from "./events.ts";
import { type Clock, systemClock } from "./platform.ts";

export type StreamState = "connecting" | "live" | "waiting" | "stopped";

/** Why a stream stopped for good; anything else is retried. */
export type StreamEnd = "closed" | "signed_out" | "origin_refused";

/** The part of `WebSocket` that is used. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  send(data: string): void;
  close(code?: number): void;
}

/** A browser's `WebSocket` as a `Socket`. */
export function openSocket(url: string): Socket {
  const browser = new WebSocket(url);
  const socket: Socket = {
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (data) => browser.send(data),
    close: (code) => browser.close(code),
  };
  browser.onopen = () => socket.onopen?.();
  browser.onmessage = (event) => socket.onmessage?.(event);
  browser.onclose = (event) => socket.onclose?.(event);
  return socket;
}

/** The part of `window` that tells about sleep and networks. */
export interface Surroundings {
  isOnline(): boolean;
  /** Calls `wake` when the page is shown again or the network is back; answers how to stop. */
  onWake(wake: () => void): () => void;
}

export interface StreamOptions<E extends { cursor: string }> {
  readonly connect: () => Socket;
  /** The first frame: carries the topics or the token, and the cursor to resume from. */
  readonly subscribe: (cursor: string | null) => unknown;
  readonly onEvent: (event: E) => void;
  /** Typing, viewing, presence, errors: whatever has no cursor. */
  readonly onFrame?: (frame: Exclude<ServerFrame<E>, { type: "event" | "resync" | "pong" }>) => void;
  /** The gap was too long: reload by REST. Live events go on meanwhile. */
  readonly onResync: () => void;
  readonly onState?: (state: StreamState, end: StreamEnd | null) => void;
  readonly clock?: Clock;
  readonly surroundings?: Surroundings;
}

export const STREAM_BACKOFF: Backoff = { first_ms: 500, max_ms: 30_000 };
/** Silence after which a ping is sent. */
export const STREAM_IDLE_MS = 25_000;
/** How long a new connection may take to be ready, and a ping to be answered. */
export const STREAM_ANSWER_MS = 10_000;

const CLOSE_NORMAL = 1000;
const CLOSE_SIGNED_OUT = 4401;
const CLOSE_ORIGIN = 4403;
const CLOSE_GIVEN_UP = 4000;

export class Stream<E extends { cursor: string }> {
  readonly #options: StreamOptions<E>;
  readonly #clock: Clock;
  readonly #surroundings: Surroundings;
  #socket: Socket | null = null;
  #state: StreamState = "stopped";
  #cursor: string | null = null;
  #attempt = 0;
  #cancelTimer: () => void = () => undefined;
  #stopListening: () => void = () => undefined;

  constructor(options: StreamOptions<E>) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#surroundings = options.surroundings ?? browserSurroundings();
  }

  get state(): StreamState {
    return this.#state;
  }

  /** Where to resume: after the last event that was handed over. */
  get cursor(): string | null {
    return this.#cursor;
  }

  /** Connects and keeps connected. With a cursor the gap since then is replayed first. */
  start(cursor: string | null): void {
    this.stop();
    this.#cursor = cursor;
    this.#attempt = 0;
    this.#stopListening = this.#surroundings.onWake(() => this.#wake());
    this.#open();
  }

  stop(): void {
    this.#end("closed");
  }

  /** Sends a frame when live; hints such as typing are worth nothing later. */
  send(frame: unknown): void {
    if (this.#state === "live") this.#socket?.send(JSON.stringify(frame));
  }

  #open(): void {
    this.#setState("connecting");
    const socket = this.#options.connect();
    this.#socket = socket;
    this.#expectAnswer();
    socket.onopen = () => {
      this.#expectAnswer();
      socket.send(JSON.stringify(this.#options.subscribe(this.#cursor)));
    };
    socket.onmessage = ({ data }) => {
      if (this.#socket === socket && typeof data === "string") this.#receive(data);
    };
    socket.onclose = ({ code }) => {
      if (this.#socket === socket) this.#lost(code);
    };
  }

  #receive(data: string): void {
    const frame = parseFrame<E>(data);
    if (frame === null) return;
    if (this.#state === "live") this.#listen();
    else this.#expectAnswer();
    switch (frame.type) {
      case "event":
        this.#options.onEvent(frame.event);
        this.#cursor = frame.event.cursor;
        return;
      case "resync":
        this.#cursor = frame.cursor;
        return this.#options.onResync();
      case "pong":
        return;
      case "ready":
        this.#cursor = frame.cursor;
        this.#attempt = 0;
        this.#setState("live");
        this.#listen();
        break;
      default:
        break;
    }
    this.#options.onFrame?.(frame);
  }

  /** After a while of silence asks whether the other end is still there. */
  #listen(): void {
    this.#schedule(STREAM_IDLE_MS, () => this.#ping());
  }

  #ping(): void {
    this.#socket?.send(JSON.stringify({ type: "ping" }));
    this.#expectAnswer();
  }

  #expectAnswer(): void {
    this.#schedule(STREAM_ANSWER_MS, () => this.#giveUp());
  }

  /** The browser may take minutes to notice that a connection is dead; we do not wait for its `close`. */
  #giveUp(): void {
    const socket = this.#socket;
    this.#lost(CLOSE_GIVEN_UP);
    socket?.close(CLOSE_GIVEN_UP);
  }

  #lost(code: number): void {
    this.#socket = null;
    if (code === CLOSE_SIGNED_OUT) return this.#end("signed_out");
    if (code === CLOSE_ORIGIN) return this.#end("origin_refused");
    this.#setState("waiting");
    const delay_ms = backoffMs(STREAM_BACKOFF, this.#attempt, this.#clock.random());
    this.#attempt += 1;
    this.#schedule(delay_ms, () => this.#open());
  }

  /** The page was shown or the network came back: no reason to wait, and every reason to doubt the connection. */
  #wake(): void {
    if (this.#state === "waiting" && this.#surroundings.isOnline()) {
      this.#attempt = 0;
      this.#cancelTimer();
      this.#open();
    } else if (this.#state === "live") {
      this.#ping();
    }
  }

  #end(end: StreamEnd): void {
    this.#cancelTimer();
    this.#stopListening();
    const socket = this.#socket;
    this.#socket = null;
    socket?.close(CLOSE_NORMAL);
    if (this.#state !== "stopped") this.#setState("stopped", end);
  }

  #schedule(delay_ms: number, task: () => void): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.after(delay_ms, task);
  }

  #setState(state: StreamState, end: StreamEnd | null = null): void {
    this.#state = state;
    this.#options.onState?.(state, end);
  }
}

/** What the server may say is known, but not every server is ours and not every version is this one. */
function parseFrame<E>(data: string): ServerFrame<E> | null {
  try {
    const frame = JSON.parse(data) as ServerFrame<E> | null;
    return typeof frame?.type === "string" ? frame : null;
  } catch {
    return null;
  }
}

/** Visibility and network events of the page. */
export function browserSurroundings(): Surroundings {
  return {
    isOnline: () => navigator.onLine,
    onWake: (wake) => {
      const shown = () => {
        if (document.visibilityState === "visible") wake();
      };
      window.addEventListener("online", wake);
      document.addEventListener("visibilitychange", shown);
      return () => {
        window.removeEventListener("online", wake);
        document.removeEventListener("visibilitychange", shown);
      };
    },
  };
}
