/**
 * Messages on their way out. Each has an id made here, so that sending it again is harmless, and is stored until the
 * server has it: a reload or hours without a network lose nothing.
 *
 * Order is kept per lane (a conversation): the next message waits until the one before it is sent or has failed for
 * good. A failed message stays visible until somebody retries or discards it.
 */

import { type Backoff, backoffMs } from "./backoff.ts";
import { type Clock, type KeyValueStore, newClientId, systemClock } from "./platform.ts";

export type OutboxState = "queued" | "sending" | "failed";

export interface OutboxItem<P> {
  readonly client_id: string;
  readonly lane: string;
  readonly payload: P;
  readonly state: OutboxState;
  /** Attempts that reached out and did not come back with an answer. */
  readonly attempts: number;
  readonly created_at: string;
  /** Orders items that were made in the same millisecond. */
  readonly order: number;
  readonly error: { readonly code: string; readonly detail: string } | null;
}

export type SendOutcome =
  | { kind: "sent" }
  /** Nobody knows whether it arrived, or the server asked to wait: the same id goes out again. */
  | { kind: "retry"; after_ms?: number }
  /** There is no network: wait for `resume` without spending an attempt. */
  | { kind: "offline" }
  | { kind: "failed"; code: string; detail: string };

export interface OutboxOptions<P> {
  readonly store: KeyValueStore;
  /** Keeps several outboxes in one storage apart. */
  readonly prefix: string;
  /** Must apply the answer to the message list before it resolves, so that the bubble never blinks. */
  readonly send: (item: OutboxItem<P>) => Promise<SendOutcome>;
  readonly clock?: Clock;
  readonly backoff?: Backoff;
  readonly attempts_max?: number;
}

export const OUTBOX_ATTEMPTS_MAX = 8;
export const OUTBOX_BACKOFF: Backoff = { first_ms: 1_000, max_ms: 60_000 };

export class Outbox<P> {
  readonly #options: Required<OutboxOptions<P>>;
  readonly #listeners = new Set<() => void>();
  readonly #waiting = new Map<string, () => void>();
  #items: readonly OutboxItem<P>[];
  #paused = false;

  constructor(options: OutboxOptions<P>) {
    this.#options = {
      clock: systemClock,
      backoff: OUTBOX_BACKOFF,
      attempts_max: OUTBOX_ATTEMPTS_MAX,
      ...options,
    };
    this.#items = this.#restore();
  }

  /** All items in the order in which they were written; a new array after every change. */
  get items(): readonly OutboxItem<P>[] {
    return this.#items;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Stores the message and starts sending. Answers its client id. */
  add(lane: string, payload: P): string {
    const item: OutboxItem<P> = {
      client_id: newClientId(),
      lane,
      payload,
      state: "queued",
      attempts: 0,
      created_at: new Date(this.#options.clock.now()).toISOString(),
      order: (this.#items.at(-1)?.order ?? 0) + 1,
      error: null,
    };
    this.#replace([...this.#items, item]);
    this.#persist(item);
    this.#pump(lane);
    return item.client_id;
  }

  /** Sends a failed message again, from the first attempt. */
  retry(clientId: string): void {
    const item = this.#find(clientId);
    if (item?.state !== "failed") return;
    this.#update({ ...item, state: "queued", attempts: 0, error: null });
    this.#pump(item.lane);
  }

  /** Forgets a message that is not being sent. */
  discard(clientId: string): void {
    const item = this.#find(clientId);
    if (item !== undefined && item.state !== "sending") this.#forget(item);
  }

  /** The server's own stream showed the message: it has arrived, whatever the answer to the request said. */
  acknowledge(clientId: string): void {
    const item = this.#find(clientId);
    if (item !== undefined) this.#forget(item);
  }

  /** No network, no credential: nothing is sent until `resume`. */
  pause(): void {
    this.#paused = true;
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }

  /** Sends at once whatever waits. Also called after the constructor to send what an earlier page left. */
  resume(): void {
    this.#paused = false;
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
    for (const lane of new Set(this.#items.map((item) => item.lane))) this.#pump(lane);
  }

  #pump(lane: string): void {
    if (this.#paused || this.#waiting.has(lane)) return;
    const head = this.#items.find((item) => item.lane === lane && item.state !== "failed");
    if (head?.state === "queued") void this.#attempt(head);
  }

  async #attempt(item: OutboxItem<P>): Promise<void> {
    this.#update({ ...item, state: "sending" });
    const outcome = await this.#options.send(item).catch((): SendOutcome => ({ kind: "retry" }));
    const current = this.#find(item.client_id);
    if (current !== undefined) this.#settle(current, outcome);
    this.#pump(item.lane);
  }

  #settle(item: OutboxItem<P>, outcome: SendOutcome): void {
    switch (outcome.kind) {
      case "sent":
        return this.#forget(item);
      case "failed":
        return this.#update({ ...item, state: "failed", error: { code: outcome.code, detail: outcome.detail } });
      case "offline":
        this.#update({ ...item, state: "queued" });
        return this.pause();
      case "retry":
        return this.#retryLater(item, outcome.after_ms);
    }
  }

  #retryLater(item: OutboxItem<P>, after_ms: number | undefined): void {
    const attempts = item.attempts + 1;
    if (attempts >= this.#options.attempts_max) {
      const error = { code: "unreachable", detail: `no answer after ${attempts} attempts` };
      return this.#update({ ...item, attempts, state: "failed", error });
    }
    this.#update({ ...item, attempts, state: "queued" });
    const { backoff, clock } = this.#options;
    const delay_ms = after_ms ?? backoffMs(backoff, item.attempts, clock.random());
    const cancel = clock.after(delay_ms, () => {
      this.#waiting.delete(item.lane);
      this.#pump(item.lane);
    });
    this.#waiting.set(item.lane, cancel);
  }

  #find(clientId: string): OutboxItem<P> | undefined {
    return this.#items.find((item) => item.client_id === clientId);
  }

  #update(item: OutboxItem<P>): void {
    this.#persist(item);
    this.#replace(this.#items.map((each) => (each.client_id === item.client_id ? item : each)));
  }

  #forget(item: OutboxItem<P>): void {
    this.#options.store.remove(this.#key(item));
    this.#replace(this.#items.filter((each) => each.client_id !== item.client_id));
    this.#pump(item.lane);
  }

  #replace(items: readonly OutboxItem<P>[]): void {
    this.#items = items;
    for (const listener of this.#listeners) listener();
  }

  /** One key per message, so that two tabs never overwrite each other's queue. */
  #key(item: OutboxItem<P>): string {
    return `${this.#options.prefix}:${item.client_id}`;
  }

  #persist(item: OutboxItem<P>): void {
    try {
      this.#options.store.set(this.#key(item), JSON.stringify(item));
    } catch {
      // A full storage must not stop the message: it is still in memory and on its way.
    }
  }

  /** What an earlier page was sending when it went is sent again: the same id makes that harmless. */
  #restore(): readonly OutboxItem<P>[] {
    const { store, prefix } = this.#options;
    const items: OutboxItem<P>[] = [];
    for (const key of store.keys()) {
      const item = key.startsWith(`${prefix}:`) ? parseItem<P>(store.get(key)) : null;
      if (item !== null) items.push(item.state === "sending" ? { ...item, state: "queued" } : item);
    }
    return items.sort((a, b) => a.created_at.localeCompare(b.created_at) || a.order - b.order);
  }
}

function parseItem<P>(text: string | null): OutboxItem<P> | null {
  try {
    const value = JSON.parse(text ?? "null") as OutboxItem<P> | null;
    return typeof value?.client_id === "string" && typeof value.lane === "string" ? value : null;
  } catch {
    return null;
  }
}
