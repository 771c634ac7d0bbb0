/** The shapes of the generated document under the names that clients use: one shape for a thing in answers, events and webhooks. */
import type { Full } from "./full.ts";
import type { components } from "./schema.ts";

type Schemas = components["schemas"];

export type Permission = Schemas["Permission"];
export type Role = Schemas["Role"];
export type UserBrief = Full<Schemas["UserBrief"]>;
export type User = Full<Schemas["User"]>;
export type Me = Full<Schemas["Me"]>;
export type Account = Full<Schemas["Account"]>;
export type Session = Full<Schemas["BrowserSession"]>;
export type Invitation = Full<Schemas["Invitation"]>;
export type ApiToken = Full<Schemas["Token"]>;
export type Team = Full<Schemas["Team"]>;
export type CannedResponse = Full<Schemas["CannedResponse"]>;
export type Label = Full<Schemas["Label"]>;

export type Channel = Schemas["Channel"];
export type PreChatKind = Schemas["FieldKind"];
export type PreChatField = Full<Schemas["FormField"]>;
export type WidgetSettings = Full<Schemas["WidgetSettings"]>;
export type ApiSettings = Full<Schemas["ApiSettings"]>;
export type Inbox = Full<Schemas["Inbox"]>;

export type Identity = Full<Schemas["Identity"]>;
export type ContactBrief = Full<Schemas["ContactBrief"]>;
export type Contact = Full<Schemas["Contact"]>;

export type App = Full<Schemas["App"]>;
export type AppEndpoint = NonNullable<App["endpoint"]>;
export type AppRole = Schemas["AppRole"];
export type ContractKind = Schemas["ContractKind"];

export type Status = Schemas["Status"];
export type Priority = Schemas["Priority"];
export type Conversation = Full<Schemas["Conversation"]>;
export type ConversationSort = "newest" | "oldest" | "waiting";
export type ConversationView = "mine" | "unassigned" | "all";

export type Visibility = Schemas["Visibility"];
export type SenderKind = Schemas["SenderKind"];
export type DeliveryStatus = Schemas["DeliveryStatus"];
export type ActivityAction = Schemas["ActivityAction"];
export type Button = Full<Schemas["Button"]>;
export type Card = Full<Schemas["Card"]>;
export type Content = Full<Schemas["Content"]>;
export type Attachment = Full<Schemas["Attachment"]>;
export type Message = Full<Schemas["Message"]>;

/** What happened, in the account's order; `type` decides the shape of `data`. */
export type Event = Full<Schemas["Event"]>;
export type Webhook = Full<Schemas["Webhook"]>;
export type WebhookDelivery = Full<Schemas["WebhookDelivery"]>;

/** RFC 9457 problem, the body of every error. */
export type Problem = Omit<Schemas["Problem"], "request_id"> & {
  /** Absent when the failure never reached the server. */
  request_id?: string;
};

export interface Page<T> { items: T[]; next_cursor: string | null }
export interface Draft { text: string; visibility: Visibility; reply_to: number | null; updated_at: string }
export type ImportReport = Full<Schemas["ImportReport"]>;
