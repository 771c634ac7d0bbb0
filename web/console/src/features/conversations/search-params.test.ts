import { describe, expect, it } from "vitest";
import { clean, readSearch, toFilter } from "./search-params.ts";

describe("readSearch", () => {
  it("keeps what it knows and drops the rest", () => {
    expect(readSearch({ view: "all", inbox: 3, label: "vip", unread: true, priority: "high" })).toEqual({ view: "all", inbox: 3, label: "vip", unread: true, priority: "high" });
    expect(readSearch({ view: "everything", inbox: "x", team: -1, unread: "yes", evil: "1" })).toEqual({});
  });

  it("reads words that look like numbers as words", () => {
    expect(readSearch({ q: 48213, label: 2026 })).toEqual({ q: "48213", label: "2026" });
  });
});

describe("toFilter", () => {
  it("fills in what the address leaves out and keeps the search words out of the list", () => {
    expect(toFilter({ q: "order" })).toEqual({ view: "mine", status: "active", sort: "newest" });
  });
});

describe("clean", () => {
  it("leaves out what is not set", () => {
    expect(clean({ view: "all", label: undefined, q: "" })).toEqual({ view: "all" });
  });
});
