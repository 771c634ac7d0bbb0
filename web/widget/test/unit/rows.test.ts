import type { OutboxItem, WidgetMessage } from "@tertulia/core";
import { describe, expect, it } from "vitest";
import type { Draft } from "../../frame/chat/shapes.ts";
import { answersByMessage, rows } from "../../frame/thread/rows.ts";
import { message } from "../../../core/test/samples.ts";

const minute = (n: number) => new Date(2026, 0, 5, 10, n).toISOString();
const sent = (seq: number, change: Partial<WidgetMessage> = {}) => message(seq, { created_at: minute(seq), ...change });
const queued = (client_id: string, content: Draft["content"], state: "queued" | "failed" = "queued"): OutboxItem<Draft> => ({
  client_id,
  lane: "visitor",
  payload: { content, attachments: [], reply_to: null },
  state,
  attempts: 0,
  created_at: minute(30),
  order: 1,
  error: null,
});

describe("rows", () => {
  it("puts messages of one sender together, and a new day apart", () => {
    const agent = { kind: "agent", id: null, name: "Marta", avatar_url: null } as const;
    const list = rows(
      [sent(1), sent(2), sent(3, { direction: "out", sender: agent }), sent(4, { direction: "out", sender: { ...agent, name: "Ivan" } }),
        sent(5, { created_at: new Date(2026, 0, 6, 10).toISOString() })],
      [],
    );
    expect(list.map(({ startsDay, startsGroup, endsGroup }) => [startsDay, startsGroup, endsGroup])).toEqual([
      [true, true, false],
      [false, false, true],
      [false, true, true],
      [false, true, true],
      [true, true, true],
    ]);
  });

  it("never shows what is not public, nor one message twice", () => {
    const list = rows(
      [sent(1, { visibility: "activity" }), sent(2, { client_id: "a" })],
      [queued("a", { type: "text", text: "a" }), queued("b", { type: "text", text: "b" })],
    );
    expect(list.map(({ key, pending }) => [key, pending !== null])).toEqual([["a", false], ["b", true]]);
  });
});

describe("answersByMessage", () => {
  const answer = { type: "reply", text: "Yes", message_id: 1002, values: { button: "yes" } } as const;

  it("spends the buttons of an answered message at once, before the server has the answer", () => {
    expect(answersByMessage(rows([sent(2)], [queued("a", answer)])).get(1002)).toEqual(answer);
  });

  it("gives the buttons back when the answer was refused", () => {
    expect(answersByMessage(rows([sent(2)], [queued("a", answer, "failed")])).size).toBe(0);
  });
});
