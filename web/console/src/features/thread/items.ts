/** What a thread shows, in order: day headings, the unread mark, activity lines and bubbles that know their group. */
import { bubbles, isSameDay, type Bubble, type Message } from "@tertulia/core";
import type { Outgoing, OutgoingItem } from "../../live/client.ts";

/** Messages of one sender that follow each other within this time share one name and picture. */
const GROUP_MS = 5 * 60_000;

export type ThreadItem =
  | { kind: "day"; key: string; at: string }
  | { kind: "unread"; key: string }
  | { kind: "activity"; key: string; message: Message }
  | { kind: "bubble"; key: string; bubble: Bubble<Message, Outgoing>; startsGroup: boolean; endsGroup: boolean };

interface Shown {
  at: string;
  /** Who speaks in which way: the same for messages of one group. */
  voice: string;
}

interface Around {
  firstUnreadSeq: number | null;
  /** There are messages above that are not loaded. */
  hasOlder: boolean;
  /** `seq`s that begin a group whoever wrote before, so that a row does not change when more is loaded above it. */
  groupStarts?: ReadonlySet<number>;
}

export function threadItems(messages: readonly Message[], pending: readonly OutgoingItem[], { firstUnreadSeq, hasOlder, groupStarts }: Around): ThreadItem[] {
  const items: ThreadItem[] = [];
  let previous: Shown | null = null;
  for (const bubble of bubbles(messages, pending)) {
    if (isEmptiedActivity(bubble)) continue;
    const shown = describe(bubble);
    if (!previous || !isSameDay(previous.at, shown.at)) {
      // Where older messages are missing nobody knows yet whether the day begins here.
      if (previous || !hasOlder) items.push({ kind: "day", key: `day-${shown.at.slice(0, 10)}-${bubble.key}`, at: shown.at });
      previous = null;
    }
    if (bubble.kind === "message" && bubble.message.seq === firstUnreadSeq) {
      items.push({ kind: "unread", key: "unread" });
      previous = null;
    }
    if (bubble.kind === "message" && bubble.message.content.type === "activity") {
      items.push({ kind: "activity", key: bubble.key, message: bubble.message });
    } else {
      const isStart = bubble.kind === "message" && groupStarts?.has(bubble.message.seq);
      items.push(grouped(items, bubble, shown, isStart ? null : previous));
    }
    previous = shown;
  }
  return items;
}

/** What was done with a person who was erased since. */
function isEmptiedActivity(bubble: Bubble<Message, Outgoing>): boolean {
  return bubble.kind === "message" && bubble.message.visibility === "activity" && bubble.message.content.type !== "activity";
}

function grouped(items: ThreadItem[], bubble: Bubble<Message, Outgoing>, shown: Shown, previous: Shown | null): ThreadItem {
  const last = items.at(-1);
  const continues =
    previous !== null && last?.kind === "bubble" && previous.voice === shown.voice &&
    Date.parse(shown.at) - Date.parse(previous.at) < GROUP_MS;
  if (continues) last.endsGroup = false;
  return { kind: "bubble", key: bubble.key, bubble, startsGroup: !continues, endsGroup: true };
}

function describe(bubble: Bubble<Message, Outgoing>): Shown {
  if (bubble.kind === "pending") {
    return { at: bubble.item.created_at, voice: `out:${bubble.item.payload.visibility}:me` };
  }
  const { direction, visibility, sender, created_at } = bubble.message;
  return { at: created_at, voice: `${direction}:${visibility}:${sender.kind}:${sender.id}` };
}

/** The customer's message at which the unread ones begin, when `count` are unread. */
export function firstUnread(messages: readonly Message[], count: number): number | null {
  if (count <= 0) return null;
  const incoming = messages.filter(({ direction, visibility }) => direction === "in" && visibility === "public");
  return incoming.at(-count)?.seq ?? incoming[0]?.seq ?? null;
}
