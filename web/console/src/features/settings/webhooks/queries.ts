import { answer } from "@tertulia/api-client";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../app/api.ts";

export const webhooksQuery = queryOptions({
  queryKey: ["webhooks"],
  queryFn: () => answer(api.GET("/v1/webhooks", { params: { query: { limit: 100 } } })),
});

export const deliveriesQuery = (id: number) =>
  queryOptions({
    queryKey: ["webhook-deliveries", id],
    refetchInterval: 5_000,
    queryFn: () => answer(api.GET("/v1/webhooks/{id}/deliveries", { params: { path: { id }, query: { limit: 50 } } })),
  });
