import type { Conversation } from "@tertulia/api-client";
import { EMPTY_STATE, loadConversations } from "@tertulia/core";
import { describe, expect, it } from "vitest";
import { conversationSample } from "../../../test/samples.ts";
import { compare, listed, matches, toQuery, type ConversationFilter } from "./filter.ts";

const filter: ConversationFilter = { view: "all", status: "active", sort: "newest" };
const ME = 7;
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 10, minute)).toISOString();
const mine = { id: ME, name: "Ana", avatar_url: null };

function check(part: Partial<Conversation>, wish: Partial<ConversationFilter>, expected: boolean, unread = 0) {
  expect(matches(conversationSample(part), { ...filter, ...wish }, ME, unread)).toBe(expected);
}

describe("matches", () => {
  it("keeps to the view", () => {
    check({ assignee: mine }, { view: "mine" }, true);
    check({ assignee: { ...mine, id: 8 } }, { view: "mine" }, false);
    check({ assignee: mine }, { view: "unassigned" }, false);
    check({ assignee: null }, { view: "unassigned" }, true);
  });

  it("counts open and pending as active", () => {
    check({ status: "pending" }, {}, true);
    check({ status: "resolved" }, {}, false);
    check({ status: "resolved" }, { status: "resolved" }, true);
    check({ status: "snoozed" }, { status: "all" }, true);
  });

  it("keeps to every filter at once", () => {
    check({ labels: ["billing"], priority: "high" }, { label: "billing", priority: "high" }, true);
    check({ labels: ["billing"], priority: "low" }, { label: "billing", priority: "high" }, false);
    check({ inbox_id: 2 }, { inbox: 3 }, false);
    check({}, { unread: true }, false, 0);
    check({}, { unread: true }, true, 2);
  });
});

describe("compare", () => {
  it("puts the longest wait first and those who do not wait last", () => {
    const early = conversationSample({ id: 1, waiting_since: at(1) });
    const late = conversationSample({ id: 2, waiting_since: at(2) });
    const idle = conversationSample({ id: 3, waiting_since: null });
    expect([idle, late, early].sort((a, b) => compare(a, b, "waiting")).map(({ id }) => id)).toEqual([1, 2, 3]);
  });
});

describe("listed", () => {
  const conversations = [5, 4, 3, 2, 1].map((id) => conversationSample({ id, last_activity_at: at(id) }));
  const state = loadConversations(EMPTY_STATE, conversations);

  it("adds what became known live above the last fetched one only", () => {
    expect(listed(state, filter, ME, [4, 3], true)).toEqual([5, 4, 3]);
  });

  it("shows everything when the server has no more", () => {
    expect(listed(state, filter, ME, [4, 3], false)).toEqual([5, 4, 3, 2, 1]);
  });
});

describe("toQuery", () => {
  it("sends both active statuses and leaves out what is not chosen", () => {
    expect(toQuery(filter)).toEqual({ view: "all", sort: "newest", status: "open,pending" });
    expect(toQuery({ ...filter, status: "all", unread: true, team: 3 })).toEqual({ view: "all", sort: "newest", unread: true, team_id: 3 });
  });
});
