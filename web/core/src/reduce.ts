/**
 * The console's event reducer: applies the account's feed to conversations, contacts and message lists.
 * It is pure, and any repetition or replay of the same events ends in the same state. Answers of the REST API go
 * in through `loadConversations`, `loadPage`, `loadSpan` and `reloadPage`, which know about events that overtook them.
 */

import { erasedConversation, erasedHeard, erasedMessage } from "./erase.ts";
import type { FeedEvent, ReadMark } from "./events.ts";
import { forgetUpTo, type Heard, hearMessage, hearRead, NOTHING_HEARD, overlay } from "./heard.ts";
import { compareInstants } from "./instant.ts";
import type { Contact, ContactBrief, Conversation, Message } from "./protocol.ts";
import type { Range } from "./ranges.ts";
import {
  applyAnswer,
  applyMessage,
  applyPage,
  applyToAll,
  emptyTimeline,
  holesOf,
  type Page,
  type PageRequest,
  replaceWithPage,
  replaceWithSpan,
  type Timeline,
} from "./timeline.ts";
import { countMessage, markRead, NOTHING_UNREAD, recount, type Unread, unreadCount } from "./unread.ts";

export interface State {
  /** What is true of each conversation now: the newest copy with what was heard about it. */
  readonly conversations: ReadonlyMap<number, Conversation>;
  /** The newest copies as the server gave them. */
  readonly copies: ReadonlyMap<number, Conversation>;
  readonly heard: ReadonlyMap<number, Heard>;
  /** `null`: merged into another one or erased, and never coming back. */
  readonly contacts: ReadonlyMap<number, Contact | null>;
  /** Only of conversations that were opened: others are fetched when somebody looks. */
  readonly timelines: ReadonlyMap<number, Timeline<Message>>;
  readonly unread: ReadonlyMap<number, Unread>;
}

/** Who looks: needed to know whose watermark is mine. */
export interface Reader {
  readonly user_id: number;
}

export const EMPTY_STATE: State = {
  conversations: new Map(),
  copies: new Map(),
  heard: new Map(),
  contacts: new Map(),
  timelines: new Map(),
  unread: new Map(),
};

/** Applies one event of the feed. Kinds that the state does not hold leave it as it is. */
export function reduce(state: State, event: FeedEvent, reader: Reader): State {
  switch (event.type) {
    case "message.created":
    case "message.updated":
      return withMessage(state, event.data.message, event.at);
    case "conversation.created":
    case "conversation.updated":
      return withConversation(state, event.data.conversation);
    case "conversation.read":
      return withReadMark(state, event.data, reader);
    case "contact.created":
    case "contact.updated":
      return withContact(state, event.data.contact);
    case "contact.merged":
      return withoutContact(state, event.data.contact_id);
    case "contact.erased":
      return withErased(withoutContact(state, event.data.contact_id), event.data.contact_id, event.at);
    default:
      return state;
  }
}

/** Conversations from a list or a single answer, with the server's unread counts. */
export function loadConversations(state: State, items: readonly Conversation[]): State {
  return items.reduce((next, conversation) => {
    const unread = recount(unreadOf(next, conversation.id), conversation.unread_count, conversation.last_seq);
    return withConversation(
      { ...next, unread: new Map(next.unread).set(conversation.id, unread) },
      conversation,
    );
  }, state);
}

/** The answer to a fetch of messages: `request.tick` is the timeline's tick when the fetch was started. */
export function loadPage(
  state: State,
  conversationId: number,
  request: PageRequest,
  page: Page<Message>,
): State {
  return withTimeline(state, conversationId, applyPage(timelineOf(state, conversationId), request, page));
}

/** The newest page again, after the stream asked for a resync. */
export function reloadPage(
  state: State,
  conversationId: number,
  request: PageRequest,
  page: Page<Message>,
): State {
  return withTimeline(state, conversationId, replaceWithPage(timelineOf(state, conversationId), request, page));
}

/** A conversation is opened at one message: from now on its live messages are kept, and reloads stay around it. */
export function openAround(state: State, conversationId: number, seq: number): State {
  return withTimeline(state, conversationId, { ...timelineOf(state, conversationId), around: seq });
}

/** The messages around one that was looked for; see `replaceWithSpan`. */
export function loadSpan(
  state: State,
  conversationId: number,
  { seq, tick }: { seq: number; tick: number },
  older: Page<Message>,
  newer: Page<Message>,
): State {
  const timeline = timelineOf(state, conversationId);
  return withTimeline(state, conversationId, replaceWithSpan(timeline, seq, tick, older, newer));
}

/** The answer to my own write, which may come before or after its event; see `applyAnswer`. */
export function applyOwnMessage(state: State, message: Message, tick = 0): State {
  const timeline = timelineOf(state, message.conversation_id);
  return withTimeline(state, message.conversation_id, applyAnswer(timeline, message, tick));
}

/** I have read up to `seq`: shown at once, before the server answers. */
export function readUpTo(state: State, conversationId: number, seq: number): State {
  return withUnread(state, conversationId, markRead(unreadOf(state, conversationId), seq));
}

export function timelineOf(state: State, conversationId: number): Timeline<Message> {
  return state.timelines.get(conversationId) ?? emptyTimeline();
}

export function unreadCountOf(state: State, conversationId: number): number {
  return unreadCount(unreadOf(state, conversationId));
}

/** The contact as last heard of: a contact's own event may be newer than the copy in the conversation. */
export function contactOf(state: State, conversation: Conversation): ContactBrief {
  return state.contacts.get(conversation.contact.id) ?? conversation.contact;
}

/** Holes in opened conversations: each is to be fetched with `after = from - 1` and `before = to + 1`. */
export function gaps(state: State): readonly { conversation_id: number; range: Range }[] {
  return [...state.timelines].flatMap(([conversation_id, timeline]) =>
    holesOf(timeline).map((range) => ({ conversation_id, range })),
  );
}

function withMessage(state: State, message: Message, at: string): State {
  const id = message.conversation_id;
  const timeline = state.timelines.get(id);
  let next = withHeard(state, id, hearMessage(heardOf(state, id), message, at));
  if (timeline !== undefined) next = withTimeline(next, id, applyMessage(timeline, message, at));
  if (message.direction !== "in" || message.visibility !== "public") return next;
  return withUnread(next, id, countMessage(unreadOf(next, id), message.seq));
}

function withConversation(state: State, incoming: Conversation): State {
  const current = state.copies.get(incoming.id);
  const copy = current !== undefined && isOlder(incoming, current) ? current : incoming;
  const next = { ...state, copies: new Map(state.copies).set(copy.id, copy) };
  return withHeard(next, copy.id, forgetUpTo(heardOf(state, copy.id), copy.last_seq));
}

function isOlder(a: Conversation, b: Conversation): boolean {
  return (compareInstants(a.updated_at, b.updated_at) || a.last_seq - b.last_seq) < 0;
}

function withHeard(state: State, conversationId: number, heard: Heard): State {
  const next = { ...state, heard: new Map(state.heard).set(conversationId, heard) };
  const copy = state.copies.get(conversationId);
  if (copy === undefined) return next;
  return { ...next, conversations: new Map(state.conversations).set(conversationId, overlay(copy, heard)) };
}

function withReadMark(state: State, mark: ReadMark, reader: Reader): State {
  const id = mark.conversation_id;
  const next = withHeard(state, id, hearRead(heardOf(state, id), mark.reader, mark.seq));
  return mark.user_id === reader.user_id ? readUpTo(next, id, mark.seq) : next;
}

function withContact(state: State, incoming: Contact): State {
  const current = state.contacts.get(incoming.id);
  if (current === null) return state;
  if (current !== undefined && compareInstants(incoming.updated_at, current.updated_at) < 0) return state;
  return { ...state, contacts: new Map(state.contacts).set(incoming.id, incoming) };
}

function withoutContact(state: State, contactId: number): State {
  return { ...state, contacts: new Map(state.contacts).set(contactId, null) };
}

function withErased(state: State, contactId: number, at: string): State {
  const theirs = [...state.copies.values()].filter(({ contact }) => contact.id === contactId);
  return theirs.reduce((next, copy) => {
    const copies = new Map(next.copies).set(copy.id, erasedConversation(copy));
    const heard = withHeard({ ...next, copies }, copy.id, erasedHeard(heardOf(next, copy.id)));
    const timeline = next.timelines.get(copy.id);
    if (timeline === undefined) return heard;
    return withTimeline(heard, copy.id, applyToAll(timeline, at, (message) => erasedMessage(message, at)));
  }, state);
}

function withTimeline(state: State, conversationId: number, timeline: Timeline<Message>): State {
  return { ...state, timelines: new Map(state.timelines).set(conversationId, timeline) };
}

function withUnread(state: State, conversationId: number, unread: Unread): State {
  return { ...state, unread: new Map(state.unread).set(conversationId, unread) };
}

function unreadOf(state: State, conversationId: number): Unread {
  return state.unread.get(conversationId) ?? NOTHING_UNREAD;
}

function heardOf(state: State, conversationId: number): Heard {
  return state.heard.get(conversationId) ?? NOTHING_HEARD;
}
