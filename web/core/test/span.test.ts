/** Reading around an old message, while new ones keep coming. */
import { describe, expect, it } from "vitest";
import {
  EMPTY_STATE, emptyTimeline, gaps, loadPage, loadSpan, openAround, reduce, reloadPage, shownOf, type State, stretchOf, timelineOf,
} from "../src/index.ts";
import { event, message } from "./samples.ts";

const ME = { user_id: 7 };
const OPENED: State = { ...EMPTY_STATE, timelines: new Map([[1, emptyTimeline()]]) };
const page = (from: number, to: number, has_more: boolean) => ({
  items: Array.from({ length: to - from + 1 }, (_, index) => message(from + index)),
  has_more,
});
const shown = (state: State) => shownOf(timelineOf(state, 1)).map(({ seq }) => seq);
const live = (state: State, seq: number) => reduce(state, event(seq, "message.created", { message: message(seq) }), ME);

/** The newest page (90–99), then a jump to 20. */
function jumped(): State {
  const newest = loadPage(OPENED, 1, { tick: 0 }, page(90, 99, true));
  return loadSpan(newest, 1, { seq: 20, tick: 0 }, page(15, 19, true), page(20, 24, true));
}

describe("a span", () => {
  it("shows what lies around the message and nothing else", () => {
    expect(shown(jumped())).toEqual([15, 16, 17, 18, 19, 20, 21, 22, 23, 24]);
    expect(stretchOf(timelineOf(jumped(), 1))).toEqual({ from: 15, to: 24 });
  });

  it("does not ask for everything up to a message that comes meanwhile", () => {
    const state = live(jumped(), 100);
    expect(gaps(state)).toEqual([]);
    expect(shown(state).at(-1)).toBe(24);
  });

  it("grows at both ends until it has reached the newest message", () => {
    let state = live(jumped(), 100);
    state = loadPage(state, 1, { before: 15, tick: 1 }, page(10, 14, true));
    state = loadPage(state, 1, { after: 24, tick: 1 }, page(25, 60, true));
    expect(shown(state)).toEqual(Array.from({ length: 51 }, (_, index) => 10 + index));
    state = loadPage(state, 1, { after: 60, tick: 1 }, page(61, 100, false));
    expect(timelineOf(state, 1).around).toBeNull();
    expect(shown(live(state, 101)).at(-1)).toBe(101);
  });

  it("asks for what it missed at the very end", () => {
    let state = live(jumped(), 102);
    state = loadPage(state, 1, { after: 24, tick: 1 }, page(25, 99, false));
    expect(gaps(state)).toEqual([{ conversation_id: 1, range: { from: 100, to: 101 } }]);
  });

  it("is what a conversation opens with, before anything else is known of it", () => {
    const opened = live(openAround(EMPTY_STATE, 1, 20), 100);
    expect(shown(opened)).toEqual([]);
    expect(gaps(opened)).toEqual([]);
    expect(shown(loadSpan(opened, 1, { seq: 20, tick: 0 }, page(15, 19, true), page(20, 24, true)))).toHaveLength(10);
  });

  it("is left for the newest page without a hole", () => {
    const state = reloadPage(jumped(), 1, { tick: 0 }, page(90, 99, true));
    expect(shown(state)).toEqual([90, 91, 92, 93, 94, 95, 96, 97, 98, 99]);
    expect(gaps(state)).toEqual([]);
  });

  it("keeps what an event wrote after the fetch was started", () => {
    const newest = loadPage(OPENED, 1, { tick: 0 }, page(90, 99, true));
    const edited = { ...message(20), text: "edited", edited_at: "2026-01-01T10:00:05Z" };
    const heard = reduce(newest, event(5, "message.updated", { message: edited }), ME);
    const state = loadSpan(heard, 1, { seq: 20, tick: 0 }, page(15, 19, true), page(20, 24, true));
    expect(shownOf(timelineOf(state, 1)).find(({ seq }) => seq === 20)?.text).toBe("edited");
  });
});
