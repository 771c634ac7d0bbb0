import { expect, it } from "vitest";
import { isOwnPath } from "./own-path.ts";

it.each([
  ["/conversations/7?view=all", true],
  ["/", true],
  ["//evil.example/x", false],
  ["/\\evil.example", false],
  ["https://evil.example", false],
  ["javascript:alert(1)", false],
  [undefined, false],
])("follows %s after signing in: %s", (path, expected) => {
  expect(isOwnPath(path)).toBe(expected);
});
