import { answer, type Contact } from "@tertulia/api-client";
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../app/api.ts";

const PAGE_SIZE = 50;

export const contactQuery = (id: number) =>
  queryOptions({
    queryKey: ["contacts", "one", id],
    queryFn: () => answer(api.GET("/v1/contacts/{id}", { params: { path: { id } } })),
  });

export const contactConversationsQuery = (id: number) =>
  queryOptions({
    queryKey: ["contacts", "conversations", id],
    queryFn: () => answer(api.GET("/v1/contacts/{id}/conversations", { params: { path: { id }, query: {} } })),
  });

export const contactsQuery = (filter: { q?: string; label?: string }) =>
  infiniteQueryOptions({
    queryKey: ["contacts", "list", filter],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      answer(api.GET("/v1/contacts", { params: { query: { ...filter, limit: PAGE_SIZE, ...(pageParam ? { cursor: pageParam } : {}) } }, signal })),
    getNextPageParam: (page) => page.next_cursor,
  });

/** A change of one contact; what is shown of contacts is fetched again. */
export function useContactChange<Input>(change: (input: Input) => Promise<Contact | undefined>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (contact) => {
      if (contact) queries.setQueryData(contactQuery(contact.id).queryKey, contact);
      void queries.invalidateQueries({ queryKey: ["contacts"] });
    },
  });
}
