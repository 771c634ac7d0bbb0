import { describe, expect, it } from "vitest";
import { compareInstants, formatAgo, formatBytes, formatDay, initials, safeHref, splitLinks } from "../src/index.ts";

const NOW = Date.parse("2026-06-15T12:00:00");
const local = (text: string) => new Date(text).toISOString();

describe("formatDay", () => {
  it.each([
    ["2026-06-15T00:00:01", "en", "Today"],
    ["2026-06-14T23:59:59", "en", "Yesterday"],
    ["2026-06-14T10:00:00", "pt", "Ontem"],
    ["2026-06-14T10:00:00", "ru", "Вчера"],
    ["2026-06-12T10:00:00", "en", "Friday"],
    ["2026-06-12T10:00:00", "es", "Viernes"],
    ["2026-06-01T10:00:00", "en", "June 1"],
    ["2025-06-15T10:00:00", "en", "June 15, 2025"],
  ])("%s in %s is %s", (at, locale, expected) => {
    expect(formatDay(local(at), locale, NOW)).toBe(expected);
  });
});

describe("formatAgo", () => {
  it.each([
    ["2026-06-15T11:59:30", "now"],
    ["2026-06-15T12:10:00", "now"],
    ["2026-06-15T11:55:00", "5 min"],
    ["2026-06-15T09:01:00", "2 hr"],
    ["2026-06-13T12:00:00", "2 days"],
    ["2026-05-01T12:00:00", "May 1"],
  ])("%s is %s", (at, expected) => {
    expect(formatAgo(local(at), "en", NOW)).toBe(expected);
  });
});

describe("formatBytes", () => {
  it.each([
    [0, "0B"],
    [999, "999B"],
    [1_200_000, "1.2 MB"],
    [5e12, "5,000 GB"],
  ])("%i is %s", (size, expected) => {
    expect(formatBytes(size, "en")).toBe(expected);
  });
});

describe("initials", () => {
  it.each([
    ["Ana Maria Silva", "AS"],
    ["ana", "A"],
    ["  ", ""],
    ["😀 smile", "😀S"],
  ])("%s is %s", (name, expected) => {
    expect(initials(name)).toBe(expected);
  });
});

describe("compareInstants", () => {
  it("orders by microseconds and ignores how many digits are written", () => {
    expect(compareInstants("2026-01-01T00:00:00Z", "2026-01-01T00:00:00.5Z")).toBeLessThan(0);
    expect(compareInstants("2026-01-01T00:00:00.000001Z", "2026-01-01T00:00:00.000002Z")).toBeLessThan(0);
    expect(compareInstants("2026-01-01T00:00:00.100Z", "2026-01-01T00:00:00.1Z")).toBe(0);
  });
});

describe("safeHref", () => {
  it.each(["javascript:alert(1)", " JavaScript:alert(1)", "java\nscript:x", "data:text/html,x", "vbscript:x", "file:///etc", "blob:x", "/path", ""])(
    "refuses %j",
    (address) => {
      expect(safeHref(address)).toBeNull();
    },
  );
});

describe("splitLinks", () => {
  const shape = (text: string) =>
    splitLinks(text).map((piece) => (piece.kind === "link" ? `<${piece.text}|${piece.href}>` : piece.text));

  it.each([
    ["plain", ["plain"]],
    ["see https://a.example/x?y=1.", ["see ", "<https://a.example/x?y=1|https://a.example/x?y=1>", "."]],
    ["(www.a.example)", ["(", "<www.a.example|https://www.a.example/>", ")"]],
    ["https://a.example/w_(x)", ["<https://a.example/w_(x)|https://a.example/w_(x)>"]],
    ["to ana@a.example!", ["to ", "<ana@a.example|mailto:ana@a.example>", "!"]],
    ["javascript:alert(1)", ["javascript:alert(1)"]],
    ["data:text/html,<b>", ["data:text/html,<b>"]],
    ["https://", ["https://"]],
  ])("%s", (text, expected) => {
    expect(shape(text)).toEqual(expected);
  });

  it("loses no character", () => {
    const text = "a https://x.example, b www.y.example) c@z.example <https://q.example> javascript:x //";
    expect(splitLinks(text).map(({ text: piece }) => piece).join("")).toBe(text);
  });

  it("stays quick on a long text without spaces", () => {
    const started = performance.now();
    splitLinks("a".repeat(100_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
