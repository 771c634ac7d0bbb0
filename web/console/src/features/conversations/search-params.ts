/** The filter in the address bar, so that a list can be linked to and survives a reload. */
import { PRIORITIES, SORTS, STATUS_FILTERS, VIEWS, type ConversationFilter } from "./filter.ts";

export type ConversationSearch = Partial<ConversationFilter> & { q?: string };

export function readSearch(raw: Record<string, unknown>): ConversationSearch {
  return clean({
    view: VIEWS.find((view) => view === raw["view"]),
    status: STATUS_FILTERS.find((status) => status === raw["status"]),
    sort: SORTS.find((sort) => sort === raw["sort"]),
    priority: PRIORITIES.find((priority) => priority === raw["priority"]),
    inbox: idOf(raw["inbox"]),
    team: idOf(raw["team"]),
    assignee: idOf(raw["assignee"]),
    label: typeof raw["label"] === "string" || typeof raw["label"] === "number" ? String(raw["label"]) : undefined,
    unread: raw["unread"] === true ? true : undefined,
    q: typeof raw["q"] === "string" || typeof raw["q"] === "number" ? String(raw["q"]) : undefined,
  });
}

export function toFilter(search: ConversationSearch): ConversationFilter {
  const narrowed = { ...search };
  delete narrowed.q;
  return { ...narrowed, view: search.view ?? "mine", status: search.status ?? "active", sort: search.sort ?? "newest" };
}

type Loose<T> = { [Key in keyof T]?: T[Key] | undefined };

/** Leaves out what is not set, so that the address stays short. */
export function clean(search: Loose<ConversationSearch>): ConversationSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== "")) as ConversationSearch;
}

function idOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
