/** What the whole console looks names up in: inboxes, teams, labels, users, apps and canned responses of the account. */
import { answer, type App, type CannedResponse, type Inbox, type Label, type Page, type Team, type User } from "@tertulia/api-client";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "../../app/api.ts";

const PAGE_SIZE = 100;

async function allPages<T>(fetchPage: (paging: { limit: number; cursor?: string }) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await fetchPage({ limit: PAGE_SIZE, ...(cursor ? { cursor } : {}) });
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return items;
}

export const inboxesQuery = queryOptions({
  queryKey: ["inboxes"],
  queryFn: () => allPages<Inbox>((query) => answer(api.GET("/v1/inboxes", { params: { query } }))),
});

export const teamsQuery = queryOptions({
  queryKey: ["teams"],
  queryFn: () => allPages<Team>((query) => answer(api.GET("/v1/teams", { params: { query } }))),
});

export const labelsQuery = queryOptions({
  queryKey: ["labels"],
  queryFn: () => allPages<Label>((query) => answer(api.GET("/v1/labels", { params: { query } }))),
});

export const usersQuery = queryOptions({
  queryKey: ["users"],
  queryFn: () => allPages<User>((query) => answer(api.GET("/v1/users", { params: { query } }))),
});

export const appsQuery = queryOptions({
  queryKey: ["apps"],
  queryFn: () => allPages<App>((query) => answer(api.GET("/v1/apps", { params: { query } }))),
});

export const cannedResponsesQuery = queryOptions({
  queryKey: ["canned-responses"],
  queryFn: () => allPages<CannedResponse>((query) => answer(api.GET("/v1/canned-responses", { params: { query } }))),
});

export const useInboxes = () => useQuery(inboxesQuery).data ?? [];
export const useTeams = () => useQuery(teamsQuery).data ?? [];
export const useLabels = () => useQuery(labelsQuery).data ?? [];
export const useUsers = () => useQuery(usersQuery).data ?? [];

export const useApps = () => useQuery(appsQuery).data ?? [];

/** The app that new conversations of an inbox begin with, and that they can be given back to. */
export function useAnsweringApp(inboxId: number): App | undefined {
  return useApps().find(({ enabled, inboxes }) => enabled && inboxes.some(({ inbox_id, role }) => inbox_id === inboxId && role === "answers"));
}

/** What the channel of an inbox can carry to the customer. */
export const useCapabilities = (inboxId: number) => useInboxes().find(({ id }) => id === inboxId)?.capabilities;

const COLOR_OF_UNKNOWN_LABEL = "#8a857b";

export function useLabelColor(): (name: string) => string {
  const labels = useLabels();
  return (name) => labels.find((label) => label.name === name)?.color ?? COLOR_OF_UNKNOWN_LABEL;
}
