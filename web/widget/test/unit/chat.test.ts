import type { WidgetEvent } from "@tertulia/core";
import { unreadCount } from "@tertulia/core";
import { describe, expect, it } from "vitest";
import { ApiError, Unreachable } from "../../frame/chat/api.ts";
import { isSignedOut, outcomeOf, refusalOf } from "../../frame/chat/outcome.ts";
import { applyConversation, applyEvent, type ChatState, INITIAL_STATE, lastReceivedSeq } from "../../frame/chat/state.ts";
import { OwnTyping, TheirTyping } from "../../frame/chat/typing.ts";
import { at, ManualClock, message, seeded, shuffled } from "../../../core/test/samples.ts";

function event(n: number, type: WidgetEvent["type"], data: unknown): WidgetEvent {
  const actor = { kind: "system", id: null, name: "" };
  return { cursor: String(n), type, at: at(n), actor, conversation_id: 1, data } as WidgetEvent;
}

const mark = (reader: "agent" | "customer", seq: number) => ({ conversation_id: 1, reader, user_id: null, seq });
const conversation = (id: number, status: string) => ({ id, status, agent_read_seq: 0, contact_read_seq: 0, last_seq: 0, unread_count: 0 });
const run = (events: readonly WidgetEvent[], state: ChatState = INITIAL_STATE) =>
  events.reduce((next, each) => ({ ...next, ...applyEvent(next, each) }), state);

const STORY = [
  event(1, "conversation.created", { conversation: conversation(1, "open") }),
  event(2, "message.created", { message: message(1) }),
  event(3, "message.created", { message: message(3, { direction: "out" }) }),
  event(4, "conversation.read", mark("agent", 1)),
  event(5, "message.created", { message: message(4, { direction: "out" }) }),
  event(6, "conversation.read", mark("customer", 3)),
  event(7, "message.updated", { message: message(4, { direction: "out", text: "x", edited_at: at(7) }) }),
];

describe("applyEvent", () => {
  it("gives the same for any order and repetition", () => {
    const seen = ({ timeline, unread, agentRead }: ChatState) => [timeline.messages, unreadCount(unread), agentRead];
    const expected = seen(run(STORY));
    expect(expected.slice(1)).toEqual([1, 1]);
    for (let seed = 1; seed <= 100; seed += 1) {
      expect(seen(run(shuffled([...STORY, ...STORY], seeded(seed)))), `seed ${seed}`).toEqual(expected);
    }
  });

  it("knows the newest message of the team, for the read mark", () => {
    expect(lastReceivedSeq(run(STORY))).toBe(4);
    expect(lastReceivedSeq(INITIAL_STATE)).toBe(0);
  });

  it("stops showing somebody as typing when the message is there", () => {
    const typing = { ...INITIAL_STATE, typing: "Marta" };
    expect(run([event(1, "message.created", { message: message(1, { direction: "out" }) })], typing).typing).toBeNull();
    expect(run([event(1, "message.created", { message: message(1) })], typing).typing).toBe("Marta");
  });

  it("does not go back to an earlier conversation", () => {
    const now = run([event(1, "conversation.created", { conversation: conversation(2, "open") })]);
    expect(run([event(2, "conversation.updated", { conversation: conversation(1, "resolved") })], now).conversation?.id).toBe(2);
  });
});

describe("applyConversation", () => {
  it("takes the server's unread count and adds what came after it", () => {
    const loaded = { ...INITIAL_STATE, ...applyConversation(INITIAL_STATE, { id: 1, status: "open", agent_read_seq: 2, contact_read_seq: 1, last_seq: 5, unread_count: 3 }) };
    expect(unreadCount(loaded.unread)).toBe(3);
    const later = run([event(1, "message.created", { message: message(6, { direction: "out" }) })], loaded);
    expect([unreadCount(later.unread), later.agentRead]).toEqual([4, 2]);
  });
});

describe("outcomeOf", () => {
  const refused = (status: number, code = "x", retryAfter: string | null = null) => new ApiError(status, { code, detail: "d" }, retryAfter);

  it.each([
    [refused(422, "too_long"), false, { kind: "failed", code: "too_long", detail: "d" }],
    [refused(422, "too_long"), true, { kind: "failed", code: "too_long", detail: "d" }],
    [refused(429, "rate_limited", "7"), false, { kind: "retry", after_ms: 7_000 }],
    [refused(503), false, { kind: "retry" }],
    [refused(503), true, { kind: "offline" }],
    [new Unreachable(), false, { kind: "retry" }],
    [new Unreachable(), true, { kind: "offline" }],
  ])("%s, cut %s", (error, isCut, expected) => {
    Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });
    expect(outcomeOf(error, isCut)).toEqual(expected);
  });

  it("tells a bad token from a missing proof of identity", () => {
    expect([isSignedOut(refused(401, "token_invalid")), refusalOf(refused(401, "token_invalid"))]).toEqual([true, null]);
    expect([isSignedOut(refused(401, "identity_invalid")), refusalOf(refused(401, "identity_invalid"))]).toEqual([false, "sign_in"]);
    expect(refusalOf(refused(403, "contact_blocked"))).toBe("blocked");
  });
});

describe("typing", () => {
  it("tells ours once per few seconds, and its end", () => {
    const clock = new ManualClock();
    const told: boolean[] = [];
    const typing = new OwnTyping((on) => told.push(on), clock);
    for (let key = 0; key < 10; key += 1) {
      typing.keystroke();
      clock.advance(400);
    }
    expect(told).toEqual([true, true]);
    clock.advance(4_000);
    expect(told).toEqual([true, true, false]);
    typing.stop();
    expect(told).toEqual([true, true, false]);
  });

  it("ends theirs when nobody says so", () => {
    const clock = new ManualClock();
    const shown: (string | null)[] = [];
    const typing = new TheirTyping((name) => shown.push(name), clock);
    typing.hear("Marta", true);
    clock.advance(6_000);
    expect(shown).toEqual(["Marta", null]);
  });
});
