import { answer, type Webhook } from "@tertulia/api-client";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { ArrowLeft, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { useT } from "../../../i18n/use-t.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { Confirm } from "../../../ui/confirm.tsx";
import { Card, Page } from "../../../ui/page.tsx";
import { SecretField } from "../secret-field.tsx";
import { useAction } from "../use-change.ts";
import { DeliveryLog } from "../deliveries/delivery-log.tsx";
import { deliveriesOf, webhooksQuery } from "./queries.ts";
import { WebhookDialog } from "./webhook-dialog.tsx";
import { WebhookState } from "./webhooks-page.tsx";

export function WebhookPage() {
  const { webhookId } = useParams({ from: "/app/settings/webhooks/$webhookId" });
  const { data } = useQuery(webhooksQuery);
  const webhook = data?.items.find(({ id }) => id === webhookId);
  return webhook ? <WebhookDetails webhook={webhook} /> : null;
}

function WebhookDetails({ webhook }: { webhook: Webhook }) {
  const t = useT();
  const navigate = useNavigate();
  const [open, setOpen] = useState<"edit" | "delete" | null>(null);
  const params = { path: { id: webhook.id } };
  const change = useAction("webhooks", (enabled: boolean) => answer(api.PATCH("/v1/webhooks/{id}", { params, body: { enabled } })));
  const test = useAction("webhook-deliveries", () => answer(api.POST("/v1/webhooks/{id}/test", { params })));
  const remove = useAction("webhooks", () => answer(api.DELETE("/v1/webhooks/{id}", { params })));
  const back = <Link to="/settings/webhooks" className="mb-3 inline-flex items-center gap-1.5 text-sm text-ink-2 hover:text-ink"><ArrowLeft size={15} />{t("settings.webhooks.title")}</Link>;
  return (
    <Page back={back} title={t("settings.webhooks.one")} purpose={webhook.url} action={<WebhookState webhook={webhook} />}>
      <Card>
        {webhook.description && <p className="mb-3">{webhook.description}</p>}
        <p className="mb-4 flex flex-wrap gap-1">{webhook.events.map((event) => <Badge key={event}>{event}</Badge>)}</p>
        <div className="flex flex-wrap gap-2">
          <Button icon={<Pencil size={15} />} onClick={() => setOpen("edit")}>{t("settings.webhooks.edit")}</Button>
          <Button busy={test.isPending} onClick={() => test.mutate(undefined)}>{t("settings.webhooks.test")}</Button>
          <Button busy={change.isPending} onClick={() => change.mutate(!webhook.enabled)}>{t(webhook.enabled ? "settings.webhooks.disable" : "settings.webhooks.enable")}</Button>
          <Button tone="ghost" className="text-danger" icon={<Trash2 size={15} />} onClick={() => setOpen("delete")}>{t("message.delete")}</Button>
        </div>
      </Card>
      <Card title={t("settings.webhooks.secret")} text={t("settings.webhooks.secretText")}>
        <SecretField
          label={t("settings.webhooks.secret")}
          reveal={async () => (await answer(api.GET("/v1/webhooks/{id}/secret", { params }))).secret}
          rotate={async () => (await answer(api.POST("/v1/webhooks/{id}/secret/rotate", { params }))).secret}
        />
      </Card>
      <DeliveryLog source={deliveriesOf(webhook.id)} />
      {open === "edit" && <WebhookDialog webhook={webhook} onClose={() => setOpen(null)} />}
      <Confirm
        open={open === "delete"} onClose={() => setOpen(null)} title={t("settings.webhooks.deleteTitle")} text={t("settings.webhooks.deleteText")} confirmLabel={t("message.delete")}
        busy={remove.isPending} onConfirm={() => remove.mutate(undefined, { onSuccess: () => void navigate({ to: "/settings/webhooks" }) })}
      />
    </Page>
  );
}
