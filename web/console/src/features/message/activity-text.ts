/** What happened to a conversation, in a sentence. */
import type { ActivityAction, Message } from "@tertulia/api-client";
import { PRIORITIES } from "../conversations/filter.ts";
import type { MessageKey } from "../../i18n/catalogue.ts";
import type { Translate } from "../../i18n/translate.ts";

const sentences: Record<ActivityAction, MessageKey> = {
  created: "activity.created",
  assigned: "activity.assigned",
  unassigned: "activity.unassigned",
  team_assigned: "activity.team_assigned",
  team_unassigned: "activity.team_unassigned",
  labels: "activity.labels",
  priority: "activity.priority",
  snoozed: "activity.snoozed",
  unsnoozed: "activity.unsnoozed",
  resolved: "activity.resolved",
  reopened: "activity.reopened",
  control: "activity.control",
  handed_over: "activity.handedOver",
  given_back: "activity.givenBack",
  app_failed: "activity.appFailed",
  merged: "activity.merged",
  blocked: "activity.blocked",
  unreachable: "activity.unreachable",
  reachable: "activity.reachable",
};

export function activityText(message: Pick<Message, "content" | "sender" | "text">, t: Translate, locale: string): string {
  const { content, sender } = message;
  if (content.type !== "activity" || !(content.action in sentences)) return message.text;
  const { params } = content;
  const system = (content.action === "handed_over" && params["app_name"]) || t("activity.system");
  const who = sender.kind === "system" ? system : sender.name;
  if (content.action === "assigned" && params["user_id"] === String(sender.id) && sender.kind === "agent") {
    return t("activity.assignedSelf", { who });
  }
  return t(params["reason"] && content.action === "handed_over" ? "activity.handedOverWhy" : sentences[content.action], {
    who,
    to: params["user_name"] ?? params["user"] ?? params["assignee"] ?? params["team_name"] ?? params["team"] ?? params["to"] ?? params["name"] ?? "",
    labels: params["labels"] ?? [params["added"], params["removed"]].filter(Boolean).join(", "),
    priority: priorityText(params["priority"] ?? params["to"], t),
    app: params["app_name"] ?? "",
    reason: params["reason"] ?? "",
    until: timeText(params["until"], locale),
  });
}

function priorityText(value: string | undefined, t: Translate): string {
  const priority = PRIORITIES.find((each) => each === value);
  return priority ? t(`priority.${priority}`) : (value ?? "");
}

function timeText(value: string | undefined, locale: string): string {
  const time = Date.parse(value ?? "");
  if (Number.isNaN(time)) return value ?? "";
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(time);
}
