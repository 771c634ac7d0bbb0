import type { Webhook as WebhookData } from "@tertulia/api-client";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronRight, Plus, Webhook } from "lucide-react";
import { useState } from "react";
import { useT } from "../../../i18n/use-t.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { Page, Rows } from "../../../ui/page.tsx";
import { webhooksQuery } from "./queries.ts";
import { WebhookDialog } from "./webhook-dialog.tsx";

export function WebhooksPage() {
  const t = useT();
  const { data } = useQuery(webhooksQuery);
  const [isCreating, setCreating] = useState(false);
  const create = <Button tone="primary" icon={<Plus size={16} />} onClick={() => setCreating(true)}>{t("settings.webhooks.create")}</Button>;
  return (
    <Page title={t("settings.webhooks.title")} purpose={t("settings.webhooks.purpose")} action={create}>
      <Rows label={t("settings.webhooks.title")} empty={t("settings.webhooks.empty")}>
        {(data?.items ?? []).map((webhook) => <WebhookRow key={webhook.id} webhook={webhook} />)}
      </Rows>
      {isCreating && <WebhookDialog webhook={null} onClose={() => setCreating(false)} />}
    </Page>
  );
}

function WebhookRow({ webhook }: { webhook: WebhookData }) {
  const t = useT();
  return (
    <li>
      <Link to="/settings/webhooks/$webhookId" params={{ webhookId: webhook.id }} className="flex items-center gap-3 px-4 py-3 hover:bg-hover focus-visible:-outline-offset-2">
        <Webhook size={18} className="shrink-0 text-ink-3" />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{webhook.url}</span>
          <span className="block truncate text-sm text-ink-3">{webhook.description || webhook.events.join(", ")}</span>
        </span>
        <WebhookState webhook={webhook} />
        <ChevronRight size={16} className="text-ink-3" />
        <span className="sr-only">{t("settings.open")}</span>
      </Link>
    </li>
  );
}

export function WebhookState({ webhook }: { webhook: WebhookData }) {
  const t = useT();
  if (!webhook.enabled) return <Badge>{t("settings.webhooks.disabled")}</Badge>;
  if (webhook.last_failure_at) return <Badge tone="danger">{t("settings.webhooks.failing")}</Badge>;
  return <Badge tone="ok">{t("settings.webhooks.enabled")}</Badge>;
}
