import { answer } from "@tertulia/api-client";
import { loadConversations } from "@tertulia/core";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../app/api.ts";
import type { LiveClient } from "../../live/client.ts";
import { toQuery, type ConversationFilter } from "./filter.ts";

const PAGE_SIZE = 40;

/** Pages of ids; the conversations themselves go into the live state. */
export const conversationsQuery = (client: LiveClient, filter: ConversationFilter) =>
  infiniteQueryOptions({
    queryKey: ["conversations", filter],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...toQuery(filter), limit: PAGE_SIZE, ...(pageParam ? { cursor: pageParam } : {}) };
      const page = await answer(api.GET("/v1/conversations", { params: { query }, signal }));
      client.store.update((state) => loadConversations(state, page.items));
      return { ids: page.items.map(({ id }) => id), next_cursor: page.next_cursor };
    },
    getNextPageParam: (page) => page.next_cursor,
  });

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
