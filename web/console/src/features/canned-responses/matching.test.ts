import type { CannedResponse } from "@tertulia/api-client";
import { describe, expect, it } from "vitest";
import { insert, matching, wantedAt } from "./matching.ts";

const response = (id: number, short_code: string, content: string): CannedResponse => ({ id, short_code, content, created_at: "", updated_at: "" });

describe("wantedAt", () => {
  it("is the word behind a slash that begins a word", () => {
    expect(wantedAt("/", 1)).toBe("");
    expect(wantedAt("/hi", 3)).toBe("hi");
    expect(wantedAt("Hello\n/olá", 10)).toBe("olá");
    expect(wantedAt("well /hi there", 8)).toBe("hi");
  });

  it("leaves addresses, fractions and finished words alone", () => {
    for (const text of ["", "hi", "1/2", "https://example.com", "a/b", "/hi there", "//"]) expect(wantedAt(text, text.length)).toBeNull();
  });
});

describe("matching", () => {
  const all = [response(1, "price", "The list"), response(2, "list-price", "x"), response(3, "olá", "Prices are there")];

  it("puts the beginning of a code before the rest of it, and codes before texts", () => {
    expect(matching(all, "PRICE", 9).map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(matching(all, "ola", 9).map(({ id }) => id)).toEqual([3]);
    expect(matching(all, "", 2).map(({ id }) => id)).toEqual([2, 3]);
    expect(matching(all, "zzz", 9)).toEqual([]);
  });
});

describe("insert", () => {
  it("replaces the slash and its word, and nothing else", () => {
    expect(insert("well /hi there", 8, "hi", "Hello!")).toEqual({ text: "well Hello! there", caret: 11 });
    expect(insert("/", 1, "", "A\nB")).toEqual({ text: "A\nB", caret: 3 });
  });
});
