import type { DeliveryStatus, Message } from "@tertulia/api-client";
import { describe, expect, it } from "vitest";
import { messageSample } from "../../../test/samples.ts";
import { mayDelete, mayEdit, mayReact } from "./allowed.ts";

const ME = 7;
const all = { edits: true, reactions: true, attachments_max: 10 };
const none = { edits: false, reactions: false, attachments_max: 10 };
const agent = (id: number) => ({ kind: "agent", id, name: "Ana", avatar_url: null }) as const;
const delivery = (status: DeliveryStatus) => ({ status, code: null, detail: null, at: "2026-01-01T10:00:00Z" });
const mine = (part: Partial<Message> = {}) =>
  messageSample({ direction: "out", sender: agent(ME), delivery: delivery("sent"), ...part });

describe("mayDelete", () => {
  it("follows the channel for what has left", () => {
    expect(mayDelete(mine(), ME, all)).toBe(true);
    expect(mayDelete(mine(), ME, none)).toBe(false);
    expect(mayDelete(mine(), ME, undefined)).toBe(false);
  });

  it("takes back what has not left yet, on any channel", () => {
    expect(mayDelete(mine({ delivery: delivery("queued") }), ME, none)).toBe(true);
    expect(mayDelete(mine({ delivery: delivery("sending") }), ME, none)).toBe(false);
  });

  it("leaves notes to their writers, on any channel", () => {
    const note = mine({ visibility: "note", delivery: null });
    expect(mayDelete(note, ME, none)).toBe(true);
    expect(mayDelete({ ...note, sender: agent(8) }, ME, all)).toBe(false);
  });
});

it("edits words only", () => {
  expect(mayEdit(mine(), ME, all)).toBe(true);
  expect(mayEdit(mine({ content: { type: "image", text: "" } }), ME, all)).toBe(false);
});

it("reacts where the customer would see it, and always among colleagues", () => {
  expect(mayReact(messageSample(), all)).toBe(true);
  expect(mayReact(messageSample(), none)).toBe(false);
  expect(mayReact(messageSample({ visibility: "note" }), none)).toBe(true);
  expect(mayReact(messageSample({ deleted_at: "2026-01-01T10:00:00Z" }), all)).toBe(false);
});
