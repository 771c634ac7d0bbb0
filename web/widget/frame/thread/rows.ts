/** From messages to rows: which bubble starts a day, which stand together, what the visitor has answered. */

import { type Bubble, bubbles, type Content, isSameDay, type OutboxItem, type WidgetMessage } from "@tertulia/core";
import type { Draft } from "../chat/shapes.ts";

/** Messages of one sender closer than this stand together under one name and one time. */
const TOGETHER_MS = 5 * 60_000;
/** Where a message stands that the server has not numbered yet: after all others. */
const UNNUMBERED = Number.MAX_SAFE_INTEGER;

export interface Row {
  readonly key: string;
  readonly message: WidgetMessage;
  readonly pending: OutboxItem<Draft> | null;
  readonly startsDay: boolean;
  readonly startsGroup: boolean;
  readonly endsGroup: boolean;
}

export function rows(messages: readonly WidgetMessage[], pending: readonly OutboxItem<Draft>[]): Row[] {
  const visible = messages.filter(({ visibility }) => visibility === "public");
  const shown = bubbles(visible, pending).map(toShown);
  return shown.map((row, index) => {
    const before = shown[index - 1]?.message;
    const after = shown[index + 1]?.message;
    const startsDay = before === undefined || !isSameDay(before.created_at, row.message.created_at);
    const endsDay = after === undefined || !isSameDay(after.created_at, row.message.created_at);
    return {
      ...row,
      startsDay,
      startsGroup: startsDay || !standTogether(before, row.message),
      endsGroup: endsDay || !standTogether(row.message, after),
    };
  });
}

/** Answers by the message that they answer: its buttons are spent, its form is filled. */
export function answersByMessage(rowsShown: readonly Row[]): ReadonlyMap<number, ReplyContent> {
  const answers = new Map<number, ReplyContent>();
  for (const { message, pending } of rowsShown) {
    const { content } = message;
    if (content.type === "reply" && pending?.state !== "failed") answers.set(content.message_id, content);
  }
  return answers;
}

export type ReplyContent = Extract<Content, { type: "reply" }>;

function toShown(bubble: Bubble<WidgetMessage, Draft>): Pick<Row, "key" | "message" | "pending"> {
  const { key } = bubble;
  if (bubble.kind === "message") return { key, message: bubble.message, pending: null };
  return { key, message: provisional(bubble.item), pending: bubble.item };
}

function provisional(item: OutboxItem<Draft>): WidgetMessage {
  const { content, attachments, reply_to } = item.payload;
  return {
    id: 0,
    conversation_id: 0,
    room_id: 0,
    seq: UNNUMBERED,
    client_id: item.client_id,
    direction: "in",
    visibility: "public",
    sender: { kind: "customer", id: null, name: "", avatar_url: null },
    content,
    spans: [],
    text: "text" in content ? content.text : "",
    reply_to,
    attachments,
    reactions: [],
    delivery: null,
    edited_at: null,
    deleted_at: null,
    created_at: item.created_at,
  };
}

function standTogether(a: WidgetMessage | undefined, b: WidgetMessage | undefined): boolean {
  if (a === undefined || b === undefined || a.direction !== b.direction) return false;
  if (a.direction === "out" && (a.sender.kind !== b.sender.kind || a.sender.name !== b.sender.name)) return false;
  return Date.parse(b.created_at) - Date.parse(a.created_at) < TOGETHER_MS;
}
