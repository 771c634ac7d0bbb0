import { answer, type WebhookDelivery } from "@tertulia/api-client";
import { formatAgo } from "@tertulia/core";
import { useQuery } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { useNow } from "../../../app/use-now.ts";
import { useLanguage } from "../../../i18n/use-t.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { Rows } from "../../../ui/page.tsx";
import { useAction } from "../use-change.ts";
import { deliveriesQuery } from "./queries.ts";

/** What was sent, what came back and when it is tried again. */
export function Deliveries({ webhookId }: { webhookId: number }) {
  const { t } = useLanguage();
  const { data } = useQuery(deliveriesQuery(webhookId));
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold">{t("settings.deliveries.title")}</h2>
      <Rows label={t("settings.deliveries.title")} empty={t("settings.deliveries.empty")}>
        {(data?.items ?? []).map((delivery) => <Delivery key={delivery.id} webhookId={webhookId} delivery={delivery} />)}
      </Rows>
    </section>
  );
}

function Delivery({ webhookId, delivery }: { webhookId: number; delivery: WebhookDelivery }) {
  const { t, locale } = useLanguage();
  const now = useNow();
  const [isOpen, setOpen] = useState(false);
  const again = useAction("webhook-deliveries", () =>
    answer(api.POST("/v1/webhooks/{id}/deliveries/{delivery_id}/redeliver", { params: { path: { id: webhookId, delivery_id: delivery.id } } })),
  );
  const detail = delivery.error ?? delivery.response_body;
  return (
    <li className="px-4 py-2.5">
      <div className="flex flex-wrap items-center gap-3">
        <Badge tone={delivery.status === "succeeded" ? "ok" : delivery.next_attempt_at ? "warn" : "danger"}>{delivery.response_status ?? delivery.status}</Badge>
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} className="min-w-40 flex-1 text-left">
          <code className="block font-mono text-sm">{delivery.event_type}</code>
          <span className="block text-sm text-ink-3">
            {formatAgo(delivery.created_at, locale, now)} · {t("settings.deliveries.attempts", { count: delivery.attempts })}
            {delivery.duration_ms !== null && ` · ${delivery.duration_ms} ms`}
            {delivery.next_attempt_at && ` · ${t("settings.deliveries.next", { time: new Intl.DateTimeFormat(locale, { timeStyle: "short", dateStyle: "short" }).format(new Date(delivery.next_attempt_at)) })}`}
          </span>
        </button>
        <Button size="small" icon={<RotateCw size={14} />} busy={again.isPending} onClick={() => again.mutate(undefined)}>{t("settings.deliveries.again")}</Button>
      </div>
      {isOpen && detail && <pre className="mt-2 max-h-48 overflow-auto rounded-md bg-sunken p-2.5 font-mono text-xs whitespace-pre-wrap" tabIndex={0}>{detail}</pre>}
    </li>
  );
}
