/** Which conversations a list shows and in which order: the same rules as the server's, for what changes live. */
import { unreadCountOf, type State } from "@tertulia/core";
import type { Conversation, ConversationQuery, ConversationSort, ConversationView, Priority, Status } from "@tertulia/api-client";

export const VIEWS = ["mine", "unassigned", "all"] as const satisfies readonly ConversationView[];
export const STATUS_FILTERS = ["active", "snoozed", "resolved", "all"] as const;
export const SORTS = ["newest", "oldest", "waiting"] as const satisfies readonly ConversationSort[];
export const PRIORITIES = ["none", "low", "medium", "high", "urgent"] as const satisfies readonly Priority[];
export type StatusFilter = (typeof STATUS_FILTERS)[number];

export interface ConversationFilter {
  view: ConversationView;
  status: StatusFilter;
  sort: ConversationSort;
  inbox?: number;
  team?: number;
  assignee?: number;
  label?: string;
  priority?: Priority;
  unread?: boolean;
}

const statusesOf: Record<StatusFilter, readonly Status[]> = {
  active: ["open", "pending"],
  snoozed: ["snoozed"],
  resolved: ["resolved"],
  all: ["open", "pending", "snoozed", "resolved"],
};

export function toQuery(filter: ConversationFilter): ConversationQuery {
  return {
    view: filter.view,
    sort: filter.sort,
    ...(filter.status === "all" ? {} : { status: statusesOf[filter.status].join(",") }),
    ...(filter.inbox === undefined ? {} : { inbox_id: filter.inbox }),
    ...(filter.team === undefined ? {} : { team_id: filter.team }),
    ...(filter.assignee === undefined ? {} : { assignee_id: filter.assignee }),
    ...(filter.label === undefined ? {} : { label: filter.label }),
    ...(filter.priority === undefined ? {} : { priority: filter.priority }),
    ...(filter.unread ? { unread: true } : {}),
  };
}

export function matches(conversation: Conversation, filter: ConversationFilter, myUserId: number, unreadCount: number): boolean {
  const { assignee } = conversation;
  if (filter.view === "mine" && assignee?.id !== myUserId) return false;
  if (filter.view === "unassigned" && assignee !== null) return false;
  if (!statusesOf[filter.status].includes(conversation.status)) return false;
  if (filter.inbox !== undefined && conversation.inbox_id !== filter.inbox) return false;
  if (filter.team !== undefined && conversation.team?.id !== filter.team) return false;
  if (filter.assignee !== undefined && assignee?.id !== filter.assignee) return false;
  if (filter.label !== undefined && !conversation.labels.includes(filter.label)) return false;
  if (filter.priority !== undefined && conversation.priority !== filter.priority) return false;
  return !filter.unread || unreadCount > 0;
}

/** Negative when `a` comes before `b` in the list. */
export function compare(a: Conversation, b: Conversation, sort: ConversationSort): number {
  switch (sort) {
    case "newest":
      return Date.parse(b.last_activity_at) - Date.parse(a.last_activity_at) || b.id - a.id;
    case "oldest":
      return Date.parse(a.last_activity_at) - Date.parse(b.last_activity_at) || a.id - b.id;
    case "waiting":
      return waitingMs(a) - waitingMs(b) || a.id - b.id;
  }
}

function waitingMs({ waiting_since }: Conversation): number {
  return waiting_since === null ? Number.MAX_SAFE_INTEGER : Date.parse(waiting_since);
}

/**
 * The ids to show. Live conversations join the fetched ones, but only above the last fetched one while the server
 * has more: below it we do not know what lies between.
 */
export function listed(state: State, filter: ConversationFilter, myUserId: number, fetched: readonly number[], hasMore: boolean): number[] {
  const last = hasMore ? state.conversations.get(fetched.at(-1) ?? -1) : undefined;
  const known = new Set(fetched);
  return [...state.conversations.values()]
    .filter((conversation) => matches(conversation, filter, myUserId, unreadCountOf(state, conversation.id)))
    .filter((conversation) => !last || known.has(conversation.id) || compare(conversation, last, filter.sort) < 0)
    .sort((a, b) => compare(a, b, filter.sort))
    .map(({ id }) => id);
}
