import { answer, type ConversationQuery } from "@tertulia/api-client";
import { loadConversations } from "@tertulia/core";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../app/api.ts";
import type { LiveClient } from "../../live/client.ts";
import { toQueries, type ConversationFilter } from "./filter.ts";

const PAGE_SIZE = 40;

interface Request {
  query: ConversationQuery;
  cursor: string | null;
}

/** Pages of a list; the conversations themselves go into the live state. */
export const conversationsQuery = (client: LiveClient, filter: ConversationFilter) =>
  infiniteQueryOptions({
    queryKey: ["conversations", filter],
    initialPageParam: toQueries(filter).map((query): Request => ({ query, cursor: null })),
    queryFn: async ({ pageParam, signal }) => {
      const pages = await Promise.all(pageParam.map(async (request) => ({ request, ...(await fetchPage(request, signal)) })));
      client.store.update((state) => loadConversations(state, pages.flatMap(({ items }) => items)));
      const unfinished = pages.filter(({ next_cursor }) => next_cursor !== null);
      return {
        bounds: unfinished.flatMap(({ items }) => items.slice(-1)),
        next: unfinished.map(({ request, next_cursor }): Request => ({ ...request, cursor: next_cursor })),
      };
    },
    getNextPageParam: ({ next }) => (next.length > 0 ? next : null),
  });

function fetchPage({ query, cursor }: Request, signal: AbortSignal) {
  const paged = { ...query, limit: PAGE_SIZE, ...(cursor ? { cursor } : {}) };
  return answer(api.GET("/v1/conversations", { params: { query: paged }, signal }));
}

export const countsQuery = queryOptions({
  queryKey: ["conversation-counts"],
  queryFn: () => answer(api.GET("/v1/conversations/counts")),
});

export const searchQuery = (text: string) =>
  queryOptions({
    queryKey: ["search", text],
    staleTime: 10_000,
    queryFn: async ({ signal }) => {
      const [messages, contacts] = await Promise.all([
        answer(api.GET("/v1/search", { params: { query: { q: text, type: "messages" } }, signal })),
        answer(api.GET("/v1/search", { params: { query: { q: text, type: "contacts" } }, signal })),
      ]);
      return {
        messages: messages.items.flatMap((item) => ("message" in item ? [item] : [])),
        contacts: contacts.items.flatMap((item) => ("message" in item ? [] : [item])),
      };
    },
  });
