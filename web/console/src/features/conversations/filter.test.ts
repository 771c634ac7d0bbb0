import type { Conversation } from "@tertulia/api-client";
import { EMPTY_STATE, loadConversations } from "@tertulia/core";
import { describe, expect, it } from "vitest";
import { conversationSample } from "../../../test/samples.ts";
import { compare, listed, matches, toQueries, type ConversationFilter } from "./filter.ts";

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
    check({ status: "pending" }, { status: "pending" }, true);
    check({ status: "open" }, { status: "pending" }, false);
    check({ status: "resolved" }, {}, false);
    check({ status: "resolved" }, { status: "resolved" }, true);
    check({ status: "snoozed" }, { status: "all" }, true);
  });

  it("leaves what an app is answering out of what somebody should take, until people are asked for", () => {
    check({ status: "pending" }, { view: "unassigned" }, false);
    check({ status: "open" }, { view: "unassigned" }, true);
    check({ status: "pending" }, { view: "unassigned", status: "pending" }, true);
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

  it("leaves out what may not be all there is", () => {
    expect(listed(state, filter, ME, conversations.slice(2, 3))).toEqual([5, 4, 3]);
  });

  it("keeps the bound of the time when it was fetched, wherever that conversation is now", () => {
    const moved = loadConversations(state, [conversationSample({ id: 3, last_activity_at: at(30), updated_at: at(30) })]);
    expect(listed(moved, filter, ME, conversations.slice(2, 3))).toEqual([3, 5, 4]);
  });

  it("shows everything when the server has no more", () => {
    expect(listed(state, filter, ME, [])).toEqual([5, 4, 3, 2, 1]);
  });

  it("lists by waiting only those who wait", () => {
    expect(listed(state, { ...filter, sort: "waiting" }, ME, [])).toEqual([]);
  });
});

describe("toQueries", () => {
  it("asks for each active status and leaves out what is not chosen", () => {
    const query = { view: "all", sort: "newest" };
    expect(toQueries(filter)).toEqual([{ ...query, status: "open" }, { ...query, status: "pending" }]);
    expect(toQueries({ ...filter, view: "unassigned" })).toEqual([{ ...query, view: "unassigned", status: "open" }]);
    expect(toQueries({ ...filter, status: "all", unread: true, team: 3 })).toEqual([{ ...query, unread: true, team_id: 3 }]);
  });
});
