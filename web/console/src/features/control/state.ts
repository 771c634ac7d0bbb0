/** Who speaks to the customer now, as the line at the composer says it. */
import type { Conversation, Message } from "@tertulia/api-client";

export type ControlState =
  | { kind: "app"; app: string }
  /** An app speaks where nobody did, and people are asked for all the time. */
  | { kind: "meanwhile"; app: string }
  | { kind: "asked"; who: string; reason: string | null }
  | { kind: "failed"; app: string; reason: string }
  | { kind: "mine" }
  | { kind: "colleague"; name: string }
  | { kind: "nobody" };

interface Around {
  messages: readonly Message[];
  /** Whether the inbox has an app that the conversation can be given back to. */
  hasApp: boolean;
  myUserId: number;
}

/** `null` where there is nothing to say: it is closed, or only people work here and none but me has spoken. */
export function controlState({ status, control }: Conversation, { messages, hasApp, myUserId }: Around): ControlState | null {
  const { holder, offered_at } = control;
  if (status === "resolved") return null;
  switch (holder.kind) {
    case "app": {
      const app = holder.name ?? "";
      return offered_at === null ? { kind: "app", app } : (asking(messages, holder.id, offered_at) ?? { kind: "meanwhile", app });
    }
    case "agent":
      if (holder.id !== myUserId) return { kind: "colleague", name: holder.name ?? "" };
      return hasApp ? { kind: "mine" } : null;
    case "nobody":
      return hasApp ? { kind: "nobody" } : null;
  }
}

/** What was said when people were asked for; it may lie above the messages that are here. */
function asking(messages: readonly Message[], appId: number | null, since: string): ControlState | null {
  const said = messages.findLast(({ content, created_at }) => {
    const isAsking = content.type === "activity" && (content.action === "handed_over" || content.action === "app_failed");
    return isAsking && content.params["app_id"] === String(appId) && Date.parse(created_at) >= Date.parse(since);
  });
  if (said?.content.type !== "activity") return null;
  const { action, params } = said.content;
  const app = params["app_name"] ?? "";
  if (action === "app_failed") return { kind: "failed", app, reason: params["reason"] ?? "" };
  return { kind: "asked", who: said.sender.kind === "system" ? app : said.sender.name, reason: params["reason"] ?? null };
}
