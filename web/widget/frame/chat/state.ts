/** Everything that the frame shows, and how stream events change it. */

import {
  applyMessage,
  countMessage,
  emptyTimeline,
  markRead,
  NOTHING_UNREAD,
  type OutboxItem,
  recount,
  type StreamState,
  type Timeline,
  type Unread,
  type WidgetConversation,
  type WidgetEvent,
  type WidgetMessage,
} from "@tertulia/core";
import type { Draft, Visitor, WidgetConfig } from "./shapes.ts";

export interface ChatState {
  readonly phase: "loading" | "ready" | "unavailable";
  readonly config: WidgetConfig | null;
  readonly visitor: Visitor | null;
  readonly conversation: WidgetConversation | null;
  /** How far the team has read; known before the conversation is, because events are quicker. */
  readonly agentRead: number;
  readonly timeline: Timeline<WidgetMessage>;
  readonly hasOlder: boolean;
  readonly pending: readonly OutboxItem<Draft>[];
  readonly unread: Unread;
  /** The agent who is typing. */
  readonly typing: string | null;
  readonly stream: StreamState;
  readonly isOnline: boolean;
  readonly isOpen: boolean;
  /** Whether the browser lets us keep the visitor for the next visit. */
  readonly isKept: boolean;
  readonly preChatDone: boolean;
  readonly refusal: "blocked" | "sign_in" | null;
  /** Shown by the console to see a configuration: nothing can be done in it. */
  readonly isPreview: boolean;
}

export const INITIAL_STATE: ChatState = {
  phase: "loading",
  config: null,
  visitor: null,
  conversation: null,
  agentRead: 0,
  timeline: emptyTimeline(),
  hasOlder: false,
  pending: [],
  unread: NOTHING_UNREAD,
  typing: null,
  stream: "stopped",
  isOnline: true,
  isOpen: false,
  isKept: true,
  preChatDone: false,
  refusal: null,
  isPreview: false,
};

/** What is left of the state when the visitor is forgotten. */
export const NO_VISITOR = {
  visitor: null,
  conversation: null,
  agentRead: 0,
  timeline: emptyTimeline<WidgetMessage>(),
  hasOlder: false,
  unread: NOTHING_UNREAD,
  typing: null,
  preChatDone: false,
  refusal: null,
} satisfies Partial<ChatState>;

/** Applies one event of the visitor's stream. */
export function applyEvent(state: ChatState, event: WidgetEvent): Partial<ChatState> {
  switch (event.type) {
    case "message.created":
    case "message.updated": {
      const { message } = event.data;
      const timeline = applyMessage(state.timeline, message, event.at);
      if (message.direction === "in") return { timeline };
      const typing = event.type === "message.created" ? null : state.typing;
      return { timeline, typing, unread: countMessage(state.unread, message.seq) };
    }
    case "conversation.created":
    case "conversation.updated":
      return withConversation(state, event.data.conversation);
    case "conversation.read": {
      const { reader, seq } = event.data;
      if (reader === "customer") return { unread: markRead(state.unread, seq) };
      return { agentRead: Math.max(state.agentRead, seq) };
    }
    default:
      return {};
  }
}

/** The conversation of `GET /widget/v1/me`, with the server's own unread count. */
export function applyConversation(state: ChatState, conversation: WidgetConversation | null): Partial<ChatState> {
  if (conversation === null) return { conversation };
  const { contact_read_seq, unread_count, last_seq } = conversation;
  const unread = markRead(recount(state.unread, unread_count, last_seq), contact_read_seq);
  return { ...withConversation(state, conversation), unread };
}

/** The newest message of the team, which a read mark points at; 0 when there is none. */
export function lastReceivedSeq(state: ChatState): number {
  return state.timeline.messages.findLast(({ direction }) => direction === "out")?.seq ?? 0;
}

/** A late event of an earlier conversation does not replace the newer one; read marks only move forward. */
function withConversation(state: ChatState, conversation: WidgetConversation): Partial<ChatState> {
  const agentRead = Math.max(state.agentRead, conversation.agent_read_seq);
  return conversation.id < (state.conversation?.id ?? 0) ? { agentRead } : { agentRead, conversation };
}
