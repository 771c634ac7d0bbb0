/** How an app and its endpoint are doing, and who works where. */
import type { App, AppRole } from "@tertulia/api-client";

export type Health =
  | { kind: "off" }
  /** It asks by itself and is told nothing. */
  | { kind: "quiet" }
  /** The server no longer tries. */
  | { kind: "given_up" }
  | { kind: "failing"; since: string }
  | { kind: "working" };

export function healthOf({ enabled, endpoint }: App): Health {
  if (!enabled) return { kind: "off" };
  if (!endpoint) return { kind: "quiet" };
  if (!endpoint.enabled) return { kind: "given_up" };
  return endpoint.failing_since === null ? { kind: "working" } : { kind: "failing", since: endpoint.failing_since };
}

export function roleOn({ inboxes }: App, inboxId: number): AppRole | null {
  return inboxes.find(({ inbox_id }) => inbox_id === inboxId)?.role ?? null;
}

/** The app that would have to leave its place if `app` answered there. */
export function displacedBy(app: App, inboxId: number, apps: readonly App[]): App | undefined {
  return apps.find((each) => each.id !== app.id && roleOn(each, inboxId) === "answers");
}
