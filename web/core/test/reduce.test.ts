import { describe, expect, it } from "vitest";
import {
  applyOwnMessage,
  contactOf,
  EMPTY_STATE,
  emptyTimeline,
  type FeedEvent,
  gaps,
  loadConversations,
  loadPage,
  readUpTo,
  reduce,
  reloadPage,
  type State,
  timelineOf,
  unreadCountOf,
} from "../src/index.ts";
import { at, conversation, event, message, seeded, shuffled } from "./samples.ts";

const ME = { user_id: 7 };

/** A conversation that is open on the screen. */
const OPENED: State = { ...EMPTY_STATE, timelines: new Map([[1, emptyTimeline()]]) };

/** A life with everything that can change twice: edits, reactions, deletion, delivery, read marks, contacts. */
function story(): FeedEvent[] {
  const out = (status: "queued" | "sent" | "read", n: number) => ({
    direction: "out" as const,
    delivery: { status, code: null, detail: null, at: at(n) },
  });
  const heart = { emoji: "❤️", kind: "customer" as const, id: 5, name: "Ana" };
  const edited = { content: { type: "text" as const, text: "edited" }, text: "edited", edited_at: at(6) };
  const ana = { ...conversation().contact, locale: null, attributes: {}, labels: [], identities: [] };
  const contact = { ...ana, last_seen_at: null, created_at: at(1), updated_at: at(1) };
  return [
    event(1, "conversation.created", { conversation: conversation({ updated_at: at(1) }) }),
    event(2, "message.created", { message: message(1) }),
    event(3, "message.created", { message: message(2, out("queued", 3)) }),
    event(4, "message.created", { message: message(3) }),
    event(5, "message.updated", { message: message(2, out("sent", 5)) }),
    event(6, "message.updated", { message: message(3, edited) }),
    event(7, "message.updated", { message: message(3, { ...edited, reactions: [heart] }) }),
    event(8, "message.updated", { message: message(2, out("read", 8)) }),
    event(9, "message.updated", { message: message(3, edited) }),
    event(10, "message.created", { message: message(4) }),
    event(11, "message.updated", { message: message(1, { text: "", deleted_at: at(11) }) }),
    event(12, "conversation.read", { conversation_id: 1, reader: "agent", user_id: 7, seq: 3 }),
    event(13, "conversation.read", { conversation_id: 1, reader: "customer", user_id: null, seq: 2 }),
    event(14, "conversation.updated", { conversation: conversation({ status: "resolved", updated_at: at(14) }) }),
    event(15, "contact.updated", { contact: { ...contact, name: "Ana Maria", updated_at: at(15) } }),
    event(16, "contact.updated", { contact: { ...contact, id: 6 } }),
    event(17, "contact.merged", { contact_id: 6, into: 5 }),
  ];
}

function run(events: readonly FeedEvent[], state: State = OPENED): State {
  return events.reduce((next, each) => reduce(next, each, ME), state);
}

/** Everything that a person can see. */
function visible(state: State) {
  return {
    messages: timelineOf(state, 1).messages,
    conversations: [...state.conversations.values()],
    contacts: [...state.contacts].sort(([a], [b]) => a - b),
    unread: unreadCountOf(state, 1),
    gaps: gaps(state),
  };
}

describe("reduce", () => {
  it("ends where the story ends", () => {
    const state = run(story());
    expect(timelineOf(state, 1).messages.map(({ seq, text }) => [seq, text])).toEqual([
      [1, ""],
      [2, "message 2"],
      [3, "edited"],
      [4, "message 4"],
    ]);
    expect(timelineOf(state, 1).messages[1]?.delivery?.status).toBe("read");
    expect(timelineOf(state, 1).messages[2]?.reactions).toEqual([]);
    expect(state.conversations.get(1)).toMatchObject({
      status: "resolved",
      agent_read_seq: 3,
      contact_read_seq: 2,
      last_seq: 4,
      last_message: { seq: 4, text: "message 4" },
    });
    expect(unreadCountOf(state, 1)).toBe(1);
    expect(contactOf(state, conversation()).name).toBe("Ana Maria");
    expect(state.contacts.get(6)).toBeNull();
  });

  it("gives the same state for any order and any repetition", () => {
    const expected = visible(run(story()));
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = seeded(seed);
      const repeated = story().flatMap((each) => Array<FeedEvent>(1 + Math.floor(random() * 3)).fill(each));
      expect(visible(run(shuffled(repeated, random))), `seed ${seed}`).toEqual(expected);
    }
  });

  it("gives the same state when the log is replayed from any point", () => {
    const events = story();
    const expected = visible(run(events));
    for (let from = 0; from < events.length; from += 1) {
      expect(visible(run([...events, ...events.slice(from)])), `from ${from}`).toEqual(expected);
    }
  });

  it("keeps no messages of conversations that nobody opened, but counts them", () => {
    const state = run(story(), EMPTY_STATE);
    expect(state.timelines.size).toBe(0);
    expect(unreadCountOf(state, 1)).toBe(1);
  });
});

describe("an erased person", () => {
  it("leaves the screen at once, and no page that was on its way brings them back", () => {
    const said = message(1);
    const known = loadConversations(OPENED, [conversation({ last_seq: 1 })]);
    const state = run([event(1, "message.created", { message: said }), event(2, "contact.erased", { contact_id: 5 })], known);
    const late = loadPage(state, 1, { tick: 0 }, { items: [said], has_more: false });
    for (const after of [state, late]) {
      expect(JSON.stringify([...after.conversations, timelineOf(after, 1).messages])).not.toMatch(/Ana|message 1/);
    }
  });

  it("is nobody else", () => {
    const known = loadConversations(OPENED, [conversation({ last_seq: 1 })]);
    const state = run([event(2, "contact.erased", { contact_id: 6 })], known);
    expect(state.conversations.get(1)?.contact.name).toBe("Ana");
  });
});

describe("unread", () => {
  it("counts the customer's public messages only", () => {
    const state = run([
      event(1, "message.created", { message: message(1) }),
      event(2, "message.created", { message: message(2, { direction: "out" }) }),
      event(3, "message.created", { message: message(3, { visibility: "note" }) }),
      event(4, "message.created", { message: message(4) }),
    ]);
    expect(unreadCountOf(state, 1)).toBe(2);
    expect(unreadCountOf(readUpTo(state, 1, 4), 1)).toBe(0);
  });

  it("adds new messages to the server's count without counting any twice", () => {
    const seen = run([event(1, "message.created", { message: message(9) })]);
    const loaded = loadConversations(seen, [conversation({ unread_count: 3, last_seq: 9 })]);
    const state = run([event(2, "message.created", { message: message(10) })], loaded);
    expect(unreadCountOf(state, 1)).toBe(4);
  });

  it("does not take a list that an event has overtaken for the truth", () => {
    const live = run([event(1, "message.created", { message: message(10) })]);
    const state = loadConversations(live, [conversation({ unread_count: 0, last_seq: 9 })]);
    expect(unreadCountOf(state, 1)).toBe(1);
  });

  it("does not take an older list for the truth after a newer one", () => {
    const loaded = loadConversations(EMPTY_STATE, [conversation({ unread_count: 1, last_seq: 10 })]);
    expect(unreadCountOf(loadConversations(loaded, [conversation({ unread_count: 4, last_seq: 9 })]), 1)).toBe(1);
  });

  it("is cleared by my own read mark and not by a colleague's", () => {
    const mark = (user_id: number) => ({ conversation_id: 1, reader: "agent" as const, user_id, seq: 1 });
    const state = run([event(1, "message.created", { message: message(1) })]);
    expect(unreadCountOf(run([event(2, "conversation.read", mark(8))], state), 1)).toBe(1);
    expect(unreadCountOf(run([event(2, "conversation.read", mark(7))], state), 1)).toBe(0);
  });
});

describe("pages and events", () => {
  const newestPage = { items: [message(4), message(5)], has_more: true };

  it("asks for what is missing between a page and a live event", () => {
    const loaded = loadPage(OPENED, 1, { tick: 0 }, newestPage);
    const state = run([event(1, "message.created", { message: message(9) })], loaded);
    expect(gaps(state)).toEqual([{ conversation_id: 1, range: { from: 6, to: 8 } }]);
  });

  it("closes a hole even when part of it belongs to somebody else", () => {
    const loaded = loadPage(OPENED, 1, { tick: 0 }, newestPage);
    const live = run([event(1, "message.created", { message: message(9) })], loaded);
    const request = { after: 5, before: 9, tick: timelineOf(live, 1).tick };
    const state = loadPage(live, 1, request, { items: [message(7)], has_more: false });
    expect(gaps(state)).toEqual([]);
    expect(timelineOf(state, 1).messages.map(({ seq }) => seq)).toEqual([4, 5, 7, 9]);
  });

  it("leaves the rest of a hole open when the answer had more", () => {
    const loaded = loadPage(OPENED, 1, { tick: 0 }, newestPage);
    const live = run([event(1, "message.created", { message: message(9) })], loaded);
    const request = { after: 5, before: 9, tick: timelineOf(live, 1).tick };
    const state = loadPage(live, 1, request, { items: [message(6)], has_more: true });
    expect(gaps(state)).toEqual([{ conversation_id: 1, range: { from: 7, to: 8 } }]);
  });

  it("never lets a slow answer undo an event", () => {
    const heart = { emoji: "❤️", kind: "customer" as const, id: 5, name: "Ana" };
    const request = { tick: timelineOf(OPENED, 1).tick };
    const live = run([event(1, "message.updated", { message: message(4, { reactions: [heart] }) })]);
    const state = loadPage(live, 1, request, newestPage);
    expect(timelineOf(state, 1).messages[0]?.reactions).toEqual([heart]);
  });

  it("takes a fresh answer over what an earlier event said", () => {
    const heart = { emoji: "❤️", kind: "customer" as const, id: 5, name: "Ana" };
    const live = run([event(1, "message.updated", { message: message(4, { reactions: [heart] }) })]);
    const state = loadPage(live, 1, { tick: timelineOf(live, 1).tick }, newestPage);
    expect(timelineOf(state, 1).messages[0]?.reactions).toEqual([]);
  });

  it("does not bring an old text or delivery back when the log before a page is replayed", () => {
    const delivery = (status: "queued" | "read", n: number) => ({ status, code: null, detail: null, at: at(n) });
    const old = message(4, { direction: "out", delivery: delivery("queued", 1) });
    const now = { ...old, text: "edited", edited_at: at(5), delivery: delivery("read", 6) };
    const loaded = loadPage(OPENED, 1, { tick: 0 }, { items: [now], has_more: true });
    const replayed = run([event(1, "message.created", { message: old })], loaded);
    expect(timelineOf(replayed, 1).messages).toEqual([now]);
    const deleted = { ...now, text: "", deleted_at: at(7) };
    const gone = loadPage(loaded, 1, { tick: 0 }, { items: [deleted], has_more: true });
    expect(timelineOf(run([event(5, "message.updated", { message: now })], gone), 1).messages).toEqual([deleted]);
  });

  it("shows the answer to my own write without undoing an event that came first", () => {
    const heart = { emoji: "❤️", kind: "customer" as const, id: 5, name: "Ana" };
    const tick = timelineOf(OPENED, 1).tick;
    const answer = message(4, { client_id: "x" });
    expect(timelineOf(applyOwnMessage(OPENED, answer, tick), 1).messages).toEqual([answer]);
    const live = run([event(1, "message.updated", { message: { ...answer, reactions: [heart] } })]);
    expect(timelineOf(applyOwnMessage(live, answer, tick), 1).messages[0]?.reactions).toEqual([heart]);
  });

  it("starts again after a resync and keeps what came meanwhile", () => {
    const old = loadPage(OPENED, 1, { tick: 0 }, { items: [message(1), message(2)], has_more: false });
    const request = { tick: timelineOf(old, 1).tick };
    const live = run([event(1, "message.created", { message: message(6) })], old);
    const state = reloadPage(live, 1, request, newestPage);
    expect(timelineOf(state, 1).messages.map(({ seq }) => seq)).toEqual([4, 5, 6]);
    expect(gaps(state)).toEqual([]);
  });

  it("keeps an own message whose answer came while the newest page was on its way", () => {
    const request = { tick: timelineOf(OPENED, 1).tick };
    const state = reloadPage(applyOwnMessage(OPENED, message(6)), 1, request, newestPage);
    expect(timelineOf(state, 1).messages.map(({ seq }) => seq)).toEqual([4, 5, 6]);
  });
});
