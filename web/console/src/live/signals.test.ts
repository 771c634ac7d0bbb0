import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Signals, TYPING_MS } from "./signals.ts";

const ME = 1;
const vera = { kind: "customer", id: 9, name: "Vera" } as const;
const typing = (on: boolean) => ({ type: "typing", conversation_id: 5, who: vera, on }) as const;

describe("Signals", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("forgets typing that is not renewed", () => {
    const signals = new Signals();
    signals.receive(typing(true), ME);
    vi.advanceTimersByTime(TYPING_MS - 1);
    expect(signals.state.typing.get(5)).toEqual([vera]);
    signals.receive(typing(true), ME);
    vi.advanceTimersByTime(TYPING_MS - 1);
    expect(signals.state.typing.get(5)).toEqual([vera]);
    vi.advanceTimersByTime(1);
    expect(signals.state.typing.get(5)).toEqual([]);
  });

  it("ends typing with the message", () => {
    const signals = new Signals();
    signals.receive(typing(true), ME);
    signals.stopTyping(5, "customer");
    expect(signals.state.typing.get(5)).toEqual([]);
  });

  it("does not show me to myself", () => {
    const signals = new Signals();
    signals.receive({ type: "typing", conversation_id: 5, who: { kind: "agent", id: ME, name: "Me" }, on: true }, ME);
    signals.receive({ type: "viewing", conversation_id: 5, user_id: ME }, ME);
    expect(signals.state.typing.size + signals.state.viewing.size).toBe(0);
  });

  it("knows where colleagues look and that they went away", () => {
    const signals = new Signals();
    signals.receive({ type: "viewing", conversation_id: 5, user_id: 2 }, ME);
    expect(signals.state.viewing.get(2)).toBe(5);
    signals.receive({ type: "viewing", conversation_id: null, user_id: 2 }, ME);
    expect(signals.state.viewing.has(2)).toBe(false);
  });
});
