/** Who waits and since when: the client's answer is the server's, whatever it heard and in which order. */
import { describe, expect, it } from "vitest";
import { type Conversation, EMPTY_STATE, type FeedEvent, loadConversations, type Message, reduce, type State } from "../src/index.ts";
import { at, conversation, event, message, seeded, shuffled } from "./samples.ts";

const ME = { user_id: 7 };
const out: Partial<Message> = { direction: "out", sender: { kind: "agent", id: 7, name: "Ben", avatar_url: null } };

/** What can happen to a wait, and what the server then says of it. */
const deeds: Record<string, { change: Partial<Message>; since: (waiting: string | null, now: string) => string | null }> = {
  "the customer writes": { change: {}, since: (waiting, now) => waiting ?? now },
  "an agent answers": { change: out, since: () => null },
  "a note": { change: { ...out, visibility: "note" }, since: (waiting) => waiting },
  "a greeting": { change: { ...out, sender: { kind: "system", id: null, name: "", avatar_url: null } }, since: (waiting) => waiting },
  "it is closed": { change: activity("resolved"), since: () => null },
  "it is assigned": { change: activity("assigned"), since: (waiting) => waiting },
};

function activity(action: "resolved" | "assigned"): Partial<Message> {
  const content = { type: "activity" as const, action, params: {} };
  return { direction: "out", visibility: "activity", sender: { kind: "agent", id: 7, name: "Ben", avatar_url: null }, content };
}

/** A life of `length` messages: their events, and the server's copy after each of them. */
function life(length: number, random: () => number): { events: FeedEvent[]; copies: Conversation[] } {
  const events: FeedEvent[] = [];
  const copies = [conversation()];
  for (let seq = 1; seq <= length; seq += 1) {
    const names = Object.keys(deeds);
    const deed = deeds[names[Math.floor(random() * names.length)] ?? ""];
    if (deed === undefined) continue;
    events.push(event(seq, "message.created", { message: message(seq, deed.change) }));
    const waiting_since = deed.since(copies.at(-1)?.waiting_since ?? null, at(seq));
    copies.push(conversation({ last_seq: seq, waiting_since, updated_at: at(seq) }));
  }
  return { events, copies };
}

function waitingSince(state: State): string | null | undefined {
  return state.conversations.get(1)?.waiting_since;
}

describe("waiting_since", () => {
  it("begins with the customer's first message and ends with an answer", () => {
    let state = loadConversations(EMPTY_STATE, [conversation()]);
    const hear = (seq: number, change: Partial<Message> = {}) => {
      state = reduce(state, event(seq, "message.created", { message: message(seq, change) }), ME);
      return waitingSince(state);
    };
    expect(hear(1)).toBe(at(1));
    expect(hear(2)).toBe(at(1));
    expect(hear(3, { ...out, visibility: "note" })).toBe(at(1));
    expect(hear(4, out)).toBeNull();
    expect(hear(5)).toBe(at(5));
    expect(hear(6, activity("resolved"))).toBeNull();
  });

  it("is the server's for any life, any copies on the way and any order of what was heard", () => {
    for (let seed = 1; seed <= 400; seed += 1) {
      const random = seeded(seed);
      const { events, copies } = life(1 + Math.floor(random() * 12), random);
      // A copy that was read before everything is always there: a client hears only of what came after it.
      const known = copies.filter((_, index) => index === 0 || random() < 0.3);
      const heard = shuffled(
        [
          ...events.map((each) => (state: State) => reduce(state, each, ME)),
          ...known.map((copy) => (state: State) => loadConversations(state, [copy])),
        ],
        random,
      );
      const state = heard.reduce((next, apply) => apply(next), EMPTY_STATE);
      expect(waitingSince(state), `seed ${seed}`).toBe(copies.at(-1)?.waiting_since);
    }
  });

  it("is the server's when only what came after its copy was heard", () => {
    for (let seed = 1; seed <= 400; seed += 1) {
      const random = seeded(seed);
      const { events, copies } = life(12, random);
      const from = Math.floor(random() * 12);
      const loaded = loadConversations(EMPTY_STATE, copies.slice(from, from + 1));
      const state = shuffled(events.slice(from), random).reduce((next, each) => reduce(next, each, ME), loaded);
      expect(waitingSince(state), `seed ${seed}`).toBe(copies.at(-1)?.waiting_since);
    }
  });
});
