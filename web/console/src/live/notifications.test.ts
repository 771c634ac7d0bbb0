import type { Conversation, Message } from "@tertulia/api-client";
import { expect, it } from "vitest";
import { conversationSample, messageSample } from "../../test/samples.ts";
import { concerns } from "./notifications.ts";

const ME = 7;
const check = (message: Partial<Message>, conversation: Partial<Conversation>, expected: boolean) =>
  expect(concerns(messageSample(message), conversationSample(conversation), ME)).toBe(expected);

const asking: Partial<Message> = {
  direction: "out", visibility: "activity", sender: { kind: "app", id: 3, name: "Triage", avatar_url: null },
  content: { type: "activity", action: "handed_over", params: {} },
};

it("is told of customers whom nobody else answers", () => {
  check({}, {}, true);
  check({}, { assignee: { id: ME, name: "Ana", avatar_url: null } }, true);
  check({}, { assignee: { id: 8, name: "Mikhail", avatar_url: null } }, false);
  check({ direction: "out" }, {}, false);
  check({ visibility: "note" }, {}, false);
});

it("is left in peace while an app answers, until people are asked for", () => {
  check({}, { status: "pending" }, false);
  check(asking, { status: "pending" }, true);
  check({ ...asking, sender: { kind: "agent", id: ME, name: "Ana", avatar_url: null } }, {}, false);
  check({ ...asking, content: { type: "activity", action: "given_back", params: {} } }, {}, false);
});
