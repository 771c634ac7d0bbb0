import { answer } from "@tertulia/api-client";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../app/api.ts";
import type { DeliverySource } from "../deliveries/delivery-log.tsx";

export const webhooksQuery = queryOptions({
  queryKey: ["webhooks"],
  queryFn: () => answer(api.GET("/v1/webhooks", { params: { query: { limit: 100 } } })),
});

export const deliveriesOf = (id: number): DeliverySource => ({
  key: ["webhook-deliveries", id],
  fetchPage: (query) => answer(api.GET("/v1/webhooks/{id}/deliveries", { params: { path: { id }, query } })),
  redeliver: (delivery_id) => answer(api.POST("/v1/webhooks/{id}/deliveries/{delivery_id}/redeliver", { params: { path: { id, delivery_id } } })),
});
