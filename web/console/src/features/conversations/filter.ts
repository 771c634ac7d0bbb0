/** Which conversations a list shows and in which order: the same rules as the server's, for what changes live. */
import { unreadCountOf, type State } from "@tertulia/core";
import type { Conversation, ConversationQuery, ConversationSort, ConversationView, Priority, Status } from "@tertulia/api-client";

export const VIEWS = ["mine", "unassigned", "all"] as const satisfies readonly ConversationView[];
export const STATUS_FILTERS = ["active", "pending", "snoozed", "resolved", "all"] as const;
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

/** The statuses of a choice; the server lists one at a time, or all. */
const statuses: Record<StatusFilter, readonly Status[]> = {
  active: ["open", "pending"],
  pending: ["pending"],
  snoozed: ["snoozed"],
  resolved: ["resolved"],
  all: ["open", "pending", "snoozed", "resolved"],
};

/** What an app is answering waits for nobody, so it is not among what somebody should take. */
function statusesOf({ view, status }: ConversationFilter): readonly Status[] {
  return view === "unassigned" && status === "active" ? ["open"] : statuses[status];
}

/** One request for each status that is wanted. */
export function toQueries(filter: ConversationFilter): ConversationQuery[] {
  const query: ConversationQuery = {
    view: filter.view,
    sort: filter.sort,
    ...(filter.inbox === undefined ? {} : { inbox_id: filter.inbox }),
    ...(filter.team === undefined ? {} : { team_id: filter.team }),
    ...(filter.assignee === undefined ? {} : { assignee_id: filter.assignee }),
    ...(filter.label === undefined ? {} : { label: filter.label }),
    ...(filter.priority === undefined ? {} : { priority: filter.priority }),
    ...(filter.unread ? { unread: true } : {}),
  };
  return filter.status === "all" ? [query] : statusesOf(filter).map((status) => ({ ...query, status }));
}

export function matches(conversation: Conversation, filter: ConversationFilter, myUserId: number, unreadCount: number): boolean {
  const { assignee } = conversation;
  if (filter.view === "mine" && assignee?.id !== myUserId) return false;
  if (filter.view === "unassigned" && assignee !== null) return false;
  if (!statusesOf(filter).includes(conversation.status)) return false;
  if (filter.inbox !== undefined && conversation.inbox_id !== filter.inbox) return false;
  if (filter.team !== undefined && conversation.team?.id !== filter.team) return false;
  if (filter.assignee !== undefined && assignee?.id !== filter.assignee) return false;
  if (filter.label !== undefined && !conversation.labels.includes(filter.label)) return false;
  if (filter.sort === "waiting" && conversation.waiting_since === null) return false;
  if (filter.priority !== undefined && conversation.priority !== filter.priority) return false;
  return !filter.unread || unreadCount > 0;
}

/** Everything that an app is answering: a list of its own, beside those of people. */
export function isListOfApps({ view, status, inbox, team, label }: ConversationFilter): boolean {
  return view === "all" && status === "pending" && inbox === undefined && team === undefined && label === undefined;
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
 * The ids to show. `bounds` are the last fetched conversations of the requests that have more, as they were then:
 * what comes after the first of them is left out, because we do not know what lies between.
 */
export function listed(state: State, filter: ConversationFilter, myUserId: number, bounds: readonly Conversation[]): number[] {
  return [...state.conversations.values()]
    .filter((conversation) => matches(conversation, filter, myUserId, unreadCountOf(state, conversation.id)))
    .filter((conversation) => bounds.every((bound) => compare(conversation, bound, filter.sort) <= 0))
    .sort((a, b) => compare(a, b, filter.sort))
    .map(({ id }) => id);
}
