import type { Page, WebhookDelivery } from "@tertulia/api-client";
import { formatAgo } from "@tertulia/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useState } from "react";
import { useNow } from "../../../app/use-now.ts";
import { useLanguage } from "../../../i18n/use-t.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { Rows } from "../../../ui/page.tsx";
import { useAction } from "../use-change.ts";

const PAGE_SIZE = 50;
const REFRESH_MS = 5_000;

/** Where the log of an endpoint is, and how one of its deliveries is sent again. */
export interface DeliverySource {
  /** Kept apart in the cache by this. */
  key: readonly [string, number];
  fetchPage: (paging: { limit: number; cursor?: string }) => Promise<Page<WebhookDelivery>>;
  redeliver: (deliveryId: number) => Promise<unknown>;
}

/** What was sent, what came back and when it is tried again; newest first. */
export function DeliveryLog({ source }: { source: DeliverySource }) {
  const { t } = useLanguage();
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: source.key,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => source.fetchPage({ limit: PAGE_SIZE, ...(pageParam ? { cursor: pageParam } : {}) }),
    getNextPageParam: ({ next_cursor }) => next_cursor,
    // Who reads what is older does not want it to move.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : REFRESH_MS),
  });
  const deliveries = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold">{t("settings.deliveries.title")}</h2>
      <Rows label={t("settings.deliveries.title")} empty={t("settings.deliveries.empty")}>
        {deliveries.map((delivery) => <Delivery key={delivery.id} source={source} delivery={delivery} />)}
      </Rows>
      {hasNextPage && <Button className="self-center" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t("settings.deliveries.older")}</Button>}
    </section>
  );
}

function Delivery({ source, delivery }: { source: DeliverySource; delivery: WebhookDelivery }) {
  const { t, locale } = useLanguage();
  const now = useNow();
  const [isOpen, setOpen] = useState(false);
  const again = useAction(source.key[0], () => source.redeliver(delivery.id));
  const detail = delivery.error ?? delivery.response_body;
  const facts = [
    formatAgo(delivery.created_at, locale, now),
    delivery.attempts > 0 && t("settings.deliveries.attempts", { count: delivery.attempts }),
    delivery.duration_ms !== null && new Intl.NumberFormat(locale, { style: "unit", unit: "millisecond" }).format(delivery.duration_ms),
    // One that waits behind another is due already.
    delivery.next_attempt_at && Date.parse(delivery.next_attempt_at) > now && t("settings.deliveries.next", { time: new Intl.DateTimeFormat(locale, { timeStyle: "short", dateStyle: "short" }).format(new Date(delivery.next_attempt_at)) }),
  ].filter(Boolean);
  const name = (
    <>
      <code className="block font-mono text-sm break-words">{delivery.name || delivery.event_type}</code>
      <span className="block text-sm text-ink-3">{facts.join(" · ")}</span>
    </>
  );
  return (
    <li className="px-4 py-2.5">
      <div className="flex items-center gap-3">
        <Badge tone={delivery.status === "succeeded" ? "ok" : delivery.next_attempt_at ? "warn" : "danger"}>{delivery.response_status ?? t(`settings.deliveries.${delivery.status}`)}</Badge>
        {detail ? (
          <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} className="min-w-0 flex-1 text-left">{name}</button>
        ) : (
          <div className="min-w-0 flex-1">{name}</div>
        )}
        <Button size="small" icon={<RotateCw size={14} />} busy={again.isPending} onClick={() => again.mutate(undefined)}>
          <span className="max-sm:sr-only">{t("settings.deliveries.again")}</span>
        </Button>
      </div>
      {isOpen && detail && <pre className="mt-2 max-h-48 overflow-auto rounded-md bg-sunken p-2.5 font-mono text-xs break-words whitespace-pre-wrap" tabIndex={0}>{detail}</pre>}
    </li>
  );
}
