/** When a snoozed conversation may come back: the usual wishes, in the reader's own time zone. */
export const SNOOZE_PRESETS = ["hour", "afternoon", "tomorrow", "monday"] as const;
export type SnoozePreset = (typeof SNOOZE_PRESETS)[number];

const HOUR_MS = 3_600_000;
const AFTERNOON_HOUR = 15;
const MORNING_HOUR = 9;
const MONDAY = 1;

/** The time of a preset, or `null` when it has passed for today. */
export function snoozeTime(preset: SnoozePreset, now: Date): Date | null {
  switch (preset) {
    case "hour":
      return new Date(now.getTime() + HOUR_MS);
    case "afternoon":
      return now.getHours() < AFTERNOON_HOUR - 1 ? dayAt(now, 0, AFTERNOON_HOUR) : null;
    case "tomorrow":
      return dayAt(now, 1, MORNING_HOUR);
    case "monday":
      return dayAt(now, (MONDAY + 7 - now.getDay()) % 7 || 7, MORNING_HOUR);
  }
}

function dayAt(now: Date, days: number, hour: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
}

/** The value of a `datetime-local` field for a time. */
export function toLocalInput(time: Date): string {
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${time.getFullYear()}-${pad(time.getMonth() + 1)}-${pad(time.getDate())}T${pad(time.getHours())}:${pad(time.getMinutes())}`;
}
