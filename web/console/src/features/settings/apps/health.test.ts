import { describe, expect, it } from "vitest";
import { appSample } from "../../../../test/samples.ts";
import { displacedBy, healthOf } from "./health.ts";

const endpoint = { url: "https://bots.example.com", ack_secs: 30, enabled: true, failing_since: null, last_failure_at: null };
const SINCE = "2026-01-01T10:00:00.000000Z";

describe("healthOf", () => {
  it("says the first thing that an administrator should know", () => {
    expect(healthOf(appSample({ endpoint }))).toEqual({ kind: "working" });
    expect(healthOf(appSample({ endpoint: null }))).toEqual({ kind: "quiet" });
    expect(healthOf(appSample({ endpoint: { ...endpoint, failing_since: SINCE } }))).toEqual({ kind: "failing", since: SINCE });
    expect(healthOf(appSample({ endpoint: { ...endpoint, enabled: false, failing_since: SINCE } }))).toEqual({ kind: "given_up" });
    expect(healthOf(appSample({ enabled: false, endpoint: { ...endpoint, enabled: false } }))).toEqual({ kind: "off" });
  });

  it("does not count a failure that is over", () => {
    expect(healthOf(appSample({ endpoint: { ...endpoint, last_failure_at: SINCE } }))).toEqual({ kind: "working" });
  });
});

describe("displacedBy", () => {
  const triage = appSample({ id: 1, inboxes: [{ inbox_id: 5, role: "answers" }] });
  const archive = appSample({ id: 2, inboxes: [{ inbox_id: 5, role: "watches" }] });

  it("is who answers there now, and nobody else", () => {
    expect(displacedBy(archive, 5, [triage, archive])).toBe(triage);
    expect(displacedBy(triage, 5, [triage, archive])).toBeUndefined();
    expect(displacedBy(archive, 6, [triage, archive])).toBeUndefined();
  });
});
