import { expect, it } from "vitest";
import { messageSample } from "../../../test/samples.ts";
import { cameSince } from "./stale.ts";

it("counts only what the customer said after the writer began", () => {
  const messages = [
    messageSample({ id: 1, seq: 1 }),
    messageSample({ id: 2, seq: 2 }),
    messageSample({ id: 3, seq: 3, direction: "out" }),
    messageSample({ id: 4, seq: 4, visibility: "activity" }),
    messageSample({ id: 5, seq: 5 }),
  ];
  expect(cameSince(messages, 1)).toBe(2);
  expect(cameSince(messages, 5)).toBe(0);
  expect(cameSince(messages, null)).toBe(0);
});
