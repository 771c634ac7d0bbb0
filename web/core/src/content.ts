/** What a message can say: one shape per kind of content. */

export interface FormField {
  key: string;
  label: string;
  kind: "text" | "email" | "phone" | "select" | "checkbox";
  required: boolean;
  options: string[];
}

export interface Button {
  id: string;
  title: string;
  url: string | null;
}

export interface Card {
  title: string;
  subtitle: string;
  image_url: string | null;
  buttons: Button[];
}

export type MediaKind = "image" | "file" | "audio" | "video";

export type ActivityAction =
  | "created"
  | "assigned"
  | "unassigned"
  | "team_assigned"
  | "team_unassigned"
  | "labels"
  | "priority"
  | "snoozed"
  | "unsnoozed"
  | "resolved"
  | "reopened"
  | "control"
  | "merged"
  | "blocked";

export type Content =
  | { type: "text"; text: string }
  | { type: MediaKind | "sticker"; text: string }
  | { type: "location"; latitude: number; longitude: number; title: string; address: string }
  | { type: "contact"; name: string; phones: string[]; emails: string[] }
  | { type: "buttons"; text: string; buttons: Button[] }
  | { type: "cards"; cards: Card[] }
  | { type: "form"; title: string; fields: FormField[] }
  | { type: "reply"; text: string; message_id: number; values: Record<string, string> }
  | {
      type: "template";
      name: string;
      language: string;
      parameters: Record<string, string>;
      text: string;
    }
  | {
      type: "email";
      subject: string;
      text: string;
      html: string | null;
      from: string;
      to: string[];
      cc: string[];
    }
  | { type: "unsupported"; kind: string; text: string }
  | { type: "activity"; action: ActivityAction; params: Record<string, string> };

export type ContentOf<T extends Content["type"]> = Extract<Content, { type: T }>;
