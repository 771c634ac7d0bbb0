import type { FormField } from "@tertulia/core";
import { describe, expect, it } from "vitest";
import { check } from "../../frame/fields/fields.tsx";
import { Mock } from "../../dev/mock.ts";
import { profileFrom, questions } from "../../frame/shell/pre-chat.tsx";

const field = (kind: FormField["kind"], required: boolean): FormField => ({ key: "k", label: "K", kind, required, options: [] });

describe("check", () => {
  it.each([
    ["text", true, "  ", "required"],
    ["text", false, "", null],
    ["email", false, "", null],
    ["email", true, "ana@example.com", null],
    ["email", true, "ana@", "bad_email"],
    ["phone", true, "+351 912 345 678", null],
    ["phone", true, "912345678", "bad_phone"],
    ["checkbox", true, "false", "required"],
    ["checkbox", true, "true", null],
    ["select", true, "", "required"],
  ] as const)("%s, required %s: %j is %s", (kind, required, value, expected) => {
    expect(check(field(kind, required), value)).toBe(expected);
  });
});

describe("questions", () => {
  const named = (key: string) => ({ ...field("text", true), key });
  const config = { ...new Mock().config, pre_chat: [named("email"), named("topic")] };
  const visitor = { id: 1, name: "", email: null, verified: false };
  const keys = (state: Parameters<typeof questions>[0]) => questions(state).map(({ key }) => key);

  it("are asked once, and who somebody is only when nobody has proven it", () => {
    expect(keys({ config, visitor: null, preChatDone: false })).toEqual(["email", "topic"]);
    expect(keys({ config, visitor, preChatDone: false })).toEqual(["email", "topic"]);
    expect(keys({ config, visitor: { ...visitor, verified: true }, preChatDone: false })).toEqual(["topic"]);
    expect(keys({ config, visitor, preChatDone: true })).toEqual([]);
  });
});

describe("profileFrom", () => {
  it("keeps name, e-mail and phone apart from attributes and leaves out what is empty", () => {
    expect(profileFrom({ name: "Ana", email: "", topic: "Orders" })).toEqual({ name: "Ana", attributes: { topic: "Orders" } });
    expect(profileFrom({ phone: "+1" })).toEqual({ phone: "+1" });
  });
});
