import { describe, expect, it } from "vitest";
import { snoozeTime, toLocalInput } from "./snooze-times.ts";

const friday = new Date(2026, 10, 20, 10, 30);
const local = (preset: Parameters<typeof snoozeTime>[0], now: Date) => {
  const time = snoozeTime(preset, now);
  return time && toLocalInput(time);
};

describe("snoozeTime", () => {
  it("gives times in the reader's day", () => {
    expect(local("hour", friday)).toBe("2026-11-20T11:30");
    expect(local("afternoon", friday)).toBe("2026-11-20T15:00");
    expect(local("tomorrow", friday)).toBe("2026-11-21T09:00");
    expect(local("monday", friday)).toBe("2026-11-23T09:00");
  });

  it("offers no afternoon when it has begun, and the next Monday on a Monday", () => {
    expect(local("afternoon", new Date(2026, 10, 20, 16))).toBeNull();
    expect(local("monday", new Date(2026, 10, 23, 8))).toBe("2026-11-30T09:00");
  });
});
