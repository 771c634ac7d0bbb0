/**
 * The shapes of the API as clients see them, by the names that this package uses.
 * They are the API client's types; what is derived here is what only readers of messages need.
 */

import type { Attachment, Content, Message } from "@tertulia/api-client";

export type {
  ActivityAction,
  App,
  Attachment,
  Button,
  Card,
  Contact,
  ContactBrief,
  Content,
  Conversation,
  DeliveryStatus,
  Inbox,
  Label,
  Message,
  Problem,
  SenderKind,
  Status,
  Team,
  User,
  UserBrief,
  Visibility,
} from "@tertulia/api-client";
export type { PreChatField as FormField } from "@tertulia/api-client";

export type Presence = "online" | "away" | "offline";
export type MediaKind = Attachment["kind"];
export type ContentOf<T extends Content["type"]> = Extract<Content, { type: T }>;

export type Sender = Message["sender"];
export type Delivery = NonNullable<Message["delivery"]>;
export type ReplyTo = NonNullable<Message["reply_to"]>;

/** A message as a visitor sees it. */
export type WidgetMessage = Omit<Message, "inbox_id">;

/** What both kinds of message have: enough to order, merge and show them. */
export type AnyMessage = WidgetMessage;

/** A list of messages: ascending by `seq`, addressed by `before` and `after` instead of a cursor. */
export interface MessagePage<M = Message> {
  items: M[];
  has_more: boolean;
}
