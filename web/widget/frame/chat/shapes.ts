/** Shapes of the widget API that only the widget uses. */

import type { Attachment, Content, FormField, ReplyTo, WidgetConversation } from "@tertulia/core";

export interface WidgetConfig {
  title: string;
  subtitle: string;
  greeting: string;
  color: string;
  position: "left" | "right";
  /** `auto` or a language code. */
  locale: string;
  pre_chat: FormField[];
  attachments_enabled: boolean;
  emoji_enabled: boolean;
  enforce_identity: boolean;
  online: boolean;
  team: Face[];
}

/** Somebody of the team, as strangers may see them. */
export interface Face {
  name: string;
  avatar_url: string | null;
}

export interface Visitor {
  id: number;
  name: string;
  email: string | null;
  verified: boolean;
}

export interface Credential {
  token: string;
  visitor: Visitor;
}

export interface Me {
  visitor: Visitor;
  conversation: WidgetConversation | null;
  cursor: string;
}

export interface ProfileChange {
  name?: string;
  email?: string;
  phone?: string;
  attributes?: Record<string, unknown>;
}

/** A message before the server has it; whole attachments and the quoted message are kept to show the bubble. */
export interface Draft {
  content: Content;
  attachments: Attachment[];
  reply_to: ReplyTo | null;
}
