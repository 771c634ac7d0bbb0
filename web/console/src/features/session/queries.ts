import { ApiError, answer, type Me } from "@tertulia/api-client";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../app/api.ts";

/** Who is signed in; `null` when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
  queryFn: async (): Promise<Me | null> => {
    try {
      return await answer(api.GET("/v1/session"));
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
});

export const setupQuery = queryOptions({
  queryKey: ["setup"],
  staleTime: 0,
  queryFn: () => answer(api.GET("/v1/setup")),
});

export const oidcQuery = queryOptions({
  queryKey: ["oidc"],
  retry: false,
  queryFn: () => answer(api.GET("/v1/oidc")),
});

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ["invitation", token],
    retry: false,
    queryFn: () => answer(api.GET("/v1/invitations/lookup", { params: { query: { token } } })),
  });
