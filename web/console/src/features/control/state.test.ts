import type { Conversation, Message } from "@tertulia/api-client";
import { describe, expect, it } from "vitest";
import { conversationSample, messageSample } from "../../../test/samples.ts";
import { controlState, type ControlState } from "./state.ts";

const ME = 7;
const AT = "2026-01-01T10:00:00.000000Z";
const EARLIER = "2026-01-01T09:00:00.000000Z";
const triage = { kind: "app", id: 3, name: "Triage" } as const;

function check(part: Partial<Conversation>, expected: ControlState | null, { messages = [] as Message[], hasApp = true } = {}) {
  expect(controlState(conversationSample(part), { messages, hasApp, myUserId: ME })).toEqual(expected);
}

function activity(action: "handed_over" | "app_failed", params: Record<string, string>, part: Partial<Message> = {}): Message {
  const sender = { ...triage, avatar_url: null };
  return messageSample({ visibility: "activity", sender, content: { type: "activity", action, params: { app_id: "3", app_name: "Triage", ...params } }, created_at: AT, ...part });
}

const held = (offered_at: string | null) => ({ control: { holder: triage, epoch: 1, offered_at } });

describe("controlState", () => {
  it("says that an app is answering", () => check({ status: "pending", ...held(null) }, { kind: "app", app: "Triage" }));

  it("says who asked for a person, and why", () => {
    const messages = [activity("handed_over", { reason: "wants a refund" })];
    check(held(AT), { kind: "asked", who: "Triage", reason: "wants a refund" }, { messages });
    const byAnna = activity("handed_over", {}, { sender: { kind: "agent", id: ME, name: "Anna", avatar_url: null } });
    check(held(AT), { kind: "asked", who: "Anna", reason: null }, { messages: [byAnna] });
  });

  it("says that the app does not answer", () => {
    check(held(AT), { kind: "failed", app: "Triage", reason: "503" }, { messages: [activity("app_failed", { reason: "503" })] });
  });

  it("takes no earlier asking, and none of another app, for this one", () => {
    const messages = [activity("handed_over", {}, { created_at: EARLIER }), activity("handed_over", { app_id: "4" })];
    check(held(AT), { kind: "meanwhile", app: "Triage" }, { messages });
  });

  it("tells me from a colleague", () => {
    check({ control: { holder: { kind: "agent", id: ME, name: "Ana" }, epoch: 1, offered_at: null } }, { kind: "mine" });
    check({ control: { holder: { kind: "agent", id: 8, name: "Mikhail" }, epoch: 1, offered_at: null } }, { kind: "colleague", name: "Mikhail" });
  });

  it("is silent where only people work, and about what is closed", () => {
    check({}, { kind: "nobody" });
    check({}, null, { hasApp: false });
    check({ control: { holder: { kind: "agent", id: ME, name: "Ana" }, epoch: 1, offered_at: null } }, null, { hasApp: false });
    check({ status: "resolved", ...held(null) }, null);
  });
});
