import type { Message } from "@tertulia/core";
import { describe, expect, it } from "vitest";
import { messageSample } from "../../../test/samples.ts";
import { firstUnread, threadItems } from "./items.ts";

const at = (day: number, minute: number) => new Date(2026, 0, day, 10, minute).toISOString();
const kinds = (messages: Message[], firstUnreadSeq: number | null = null, hasOlder = false) =>
  threadItems(messages, [], { firstUnreadSeq, hasOlder }).map(({ kind }) => kind);

describe("threadItems", () => {
  it("puts a heading before each day", () => {
    const messages = [
      messageSample({ id: 1, seq: 1, created_at: at(1, 0) }),
      messageSample({ id: 2, seq: 2, created_at: at(2, 0) }),
      messageSample({ id: 3, seq: 3, created_at: at(2, 1) }),
    ];
    expect(kinds(messages)).toEqual(["day", "bubble", "day", "bubble", "bubble"]);
  });

  it("does not say where a day begins that may have begun before", () => {
    const messages = [messageSample({ id: 1, seq: 7, created_at: at(1, 0) }), messageSample({ id: 2, seq: 8, created_at: at(2, 0) })];
    expect(kinds(messages, null, true)).toEqual(["bubble", "day", "bubble"]);
  });

  it("groups what one sender writes at a stretch, and never a note with a reply", () => {
    const agent = { kind: "agent", id: 7, name: "Ana", avatar_url: null } as const;
    const messages = [
      messageSample({ id: 1, seq: 1, created_at: at(1, 0), direction: "out", sender: agent }),
      messageSample({ id: 2, seq: 2, created_at: at(1, 1), direction: "out", sender: agent }),
      messageSample({ id: 3, seq: 3, created_at: at(1, 2), direction: "out", sender: agent, visibility: "note" }),
      messageSample({ id: 4, seq: 4, created_at: at(1, 20), direction: "out", sender: agent, visibility: "note" }),
    ];
    const groups = threadItems(messages, [], { firstUnreadSeq: null, hasOlder: false }).flatMap((item) => (item.kind === "bubble" ? [[item.startsGroup, item.endsGroup]] : []));
    expect(groups).toEqual([[true, false], [false, true], [true, true], [true, true]]);
  });

  it("keeps the beginning of a group that was there before its elders", () => {
    const messages = [messageSample({ id: 1, seq: 1 }), messageSample({ id: 2, seq: 2 }), messageSample({ id: 3, seq: 3 })];
    const items = threadItems(messages, [], { firstUnreadSeq: null, hasOlder: false, groupStarts: new Set([2]) });
    expect(items.flatMap((item) => (item.kind === "bubble" ? [item.startsGroup] : []))).toEqual([true, true, false]);
  });

  it("marks where the unread messages begin", () => {
    const messages = [messageSample({ id: 1, seq: 1 }), messageSample({ id: 2, seq: 2 })];
    expect(kinds(messages, 2)).toEqual(["day", "bubble", "unread", "bubble"]);
  });
});

describe("firstUnread", () => {
  it("counts the customer's public messages only", () => {
    const messages = [
      messageSample({ id: 1, seq: 1 }),
      messageSample({ id: 2, seq: 2 }),
      messageSample({ id: 3, seq: 3, direction: "out" }),
      messageSample({ id: 4, seq: 4 }),
    ];
    expect(firstUnread(messages, 2)).toBe(2);
    expect(firstUnread(messages, 0)).toBeNull();
    expect(firstUnread(messages, 99)).toBe(1);
  });
});
