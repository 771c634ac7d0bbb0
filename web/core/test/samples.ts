/** Builders and a seeded shuffle for the tests. */

import type { Clock, Conversation, FeedEvent, Message } from "../src/index.ts";

export function message(seq: number, change: Partial<Message> = {}): Message {
  return {
    id: 1000 + seq,
    conversation_id: 1,
    room_id: 1,
    inbox_id: 1,
    seq,
    spans: [],
    client_id: null,
    direction: "in",
    visibility: "public",
    sender: { kind: "customer", id: 5, name: "Ana", avatar_url: null },
    content: { type: "text", text: `message ${seq}` },
    text: `message ${seq}`,
    reply_to: null,
    attachments: [],
    reactions: [],
    delivery: null,
    edited_at: null,
    deleted_at: null,
    created_at: at(seq),
    ...change,
  };
}

export function conversation(change: Partial<Conversation> = {}): Conversation {
  return {
    id: 1,
    number: 1,
    room_id: 1,
    inbox_id: 1,
    channel: "widget",
    contact: { id: 5, name: "Ana", avatar_url: null, email: null, phone: null, verified: false, blocked: false },
    status: "open",
    priority: "none",
    assignee: null,
    team: null,
    labels: [],
    control: { holder: { kind: "nobody", id: null, name: null }, epoch: 0, offered_at: null },
    sessions: [],
    last_seq: 0,
    last_message: null,
    unread_count: 0,
    agent_read_seq: 0,
    contact_read_seq: 0,
    waiting_since: null,
    snoozed_until: null,
    origin: null,
    attributes: {},
    created_at: at(0),
    updated_at: at(0),
    last_activity_at: at(0),
    resolved_at: null,
    ...change,
  };
}

/** The `n`-th instant of the tests, in microseconds like the server's. */
export function at(n: number): string {
  return `2026-01-01T10:00:00.${String(n).padStart(6, "0")}Z`;
}

type DataOf<T, E = FeedEvent> = E extends { type: infer U; data: infer D } ? (T extends U ? D : never) : never;

/** An event that happened at the `n`-th instant. */
export function event<T extends FeedEvent["type"]>(
  n: number,
  type: T,
  data: DataOf<T>,
): FeedEvent {
  const actor = { kind: "system", id: null, name: "" };
  return { cursor: `c${n}`, type, at: at(n), actor, conversation_id: 1, data } as FeedEvent;
}

/** A small generator, so that a failing seed can be run again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const copy = [...items];
  for (let index = copy.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    [copy[index], copy[other]] = [copy[other] as T, copy[index] as T];
  }
  return copy;
}

/** A clock that only moves when told. */
export class ManualClock implements Clock {
  #now = Date.parse("2026-01-01T10:00:00Z");
  #timers: { due: number; task: () => void }[] = [];
  /** The chance of every draw. */
  chance = 0.5;

  now(): number {
    return this.#now;
  }

  random(): number {
    return this.chance;
  }

  after(delay_ms: number, task: () => void): () => void {
    const timer = { due: this.#now + delay_ms, task };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  }

  get pending(): number {
    return this.#timers.length;
  }

  advance(delay_ms: number): void {
    const end = this.#now + delay_ms;
    for (;;) {
      const next = this.#timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((each) => each !== next);
      this.#now = next.due;
      next.task();
    }
    this.#now = end;
  }
}

/** Lets promises that are already settled run their continuations. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
