import { answer, type App } from "@tertulia/api-client";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { ArrowLeft, Pencil, Power, Trash2 } from "lucide-react";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { explain } from "../../../app/problems.ts";
import { useT } from "../../../i18n/use-t.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { Confirm } from "../../../ui/confirm.tsx";
import { Empty } from "../../../ui/empty.tsx";
import { Card, Page } from "../../../ui/page.tsx";
import { CenteredSpinner } from "../../../ui/spinner.tsx";
import { appsQuery } from "../../directory/queries.ts";
import { useCan } from "../../session/use-me.ts";
import { DeliveryLog, type DeliverySource } from "../deliveries/delivery-log.tsx";
import { useAction } from "../use-change.ts";
import { AppConnection } from "./app-connection.tsx";
import { AppDialog } from "./app-dialog.tsx";
import { AppHealth } from "./app-health.tsx";
import { AppInboxes } from "./app-inboxes.tsx";
import { AppSecrets } from "./app-secrets.tsx";
import { healthOf } from "./health.ts";

export function AppPage() {
  const t = useT();
  const { appId } = useParams({ from: "/app/settings/apps/$appId" });
  const mayManage = useCan("apps:manage");
  const { data, error } = useQuery(appsQuery);
  if (error) return <Empty title={t("common.failed")} text={explain(error, t)} />;
  if (!data) return <CenteredSpinner label={t("common.loading")} />;
  const app = data.find(({ id }) => id === appId);
  if (!app || !mayManage) return <Empty title={t("common.failed")} text={t(app ? "problem.forbidden" : "problem.notFound")} />;
  return <AppDetails key={app.id} app={app} />;
}

function AppDetails({ app }: { app: App }) {
  const t = useT();
  const back = <Link to="/settings/apps" className="mb-3 inline-flex items-center gap-1.5 text-sm text-ink-2 hover:text-ink"><ArrowLeft size={15} />{t("settings.apps.title")}</Link>;
  return (
    <Page back={back} title={app.name} purpose={t(`contract.${app.contract}`)} action={<AppHealth app={app} />}>
      <Overview app={app} />
      <AppInboxes app={app} />
      <AppSecrets app={app} />
      <AppConnection app={app} />
      {app.endpoint && <DeliveryLog source={deliveriesOf(app.id)} />}
    </Page>
  );
}

/** What it is, and what can be done to it as a whole. */
function Overview({ app }: { app: App }) {
  const t = useT();
  const navigate = useNavigate();
  const [open, setOpen] = useState<"edit" | "off" | "delete" | null>(null);
  const close = () => setOpen(null);
  const params = { path: { id: app.id } };
  const change = useAction("apps", (enabled: boolean) => answer(api.PATCH("/v1/apps/{id}", { params, body: { enabled } })));
  const remove = useAction("apps", () => answer(api.DELETE("/v1/apps/{id}", { params })));
  const isGivenUp = healthOf(app).kind === "given_up";
  return (
    <Card>
      {app.description && <p className="mb-3 break-words">{app.description}</p>}
      <dl className="mb-4 grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[auto_1fr]">
        <dt className="text-ink-3">{t("settings.apps.url")}</dt>
        <dd className="break-all">{app.endpoint ? app.endpoint.url : t("settings.apps.noUrl")}</dd>
        {app.endpoint && <><dt className="text-ink-3">{t("settings.apps.ackSecs")}</dt><dd>{app.endpoint.ack_secs}</dd></>}
        <dt className="text-ink-3">{t("settings.apps.handsOver")}</dt>
        <dd>{t(app.hands_over_on_failure ? "common.yes" : "common.no")}</dd>
        <dt className="text-ink-3">{t("settings.apps.scopes")}</dt>
        <dd className="flex flex-wrap gap-1">{app.scopes.map((scope) => <Badge key={scope}>{scope}</Badge>)}</dd>
      </dl>
      {isGivenUp && <p role="status" className="mb-4 rounded-md bg-danger-soft px-3 py-2 text-danger">{t("settings.apps.givenUpText")}</p>}
      <div className="flex flex-wrap gap-2">
        <Button icon={<Pencil size={15} />} onClick={() => setOpen("edit")}>{t("settings.webhooks.edit")}</Button>
        {(!app.enabled || isGivenUp) && <Button tone="primary" icon={<Power size={15} />} busy={change.isPending} onClick={() => change.mutate(true)}>{t("settings.apps.switchOn")}</Button>}
        {app.enabled && <Button icon={<Power size={15} />} onClick={() => setOpen("off")}>{t("settings.apps.switchOff")}</Button>}
        <Button tone="ghost" className="text-danger" icon={<Trash2 size={15} />} onClick={() => setOpen("delete")}>{t("settings.apps.remove")}</Button>
      </div>
      {open === "edit" && <AppDialog app={app} onClose={close} />}
      <Confirm
        open={open === "off"} onClose={close} title={t("settings.apps.offTitle", { name: app.name })} text={t("settings.apps.offText")} confirmLabel={t("settings.apps.switchOff")}
        busy={change.isPending} onConfirm={() => change.mutate(false, { onSettled: close })}
      />
      <Confirm
        open={open === "delete"} onClose={close} title={t("settings.apps.removeTitle", { name: app.name })} text={t("settings.apps.removeText")} typed={app.name} confirmLabel={t("settings.apps.remove")}
        busy={remove.isPending} onConfirm={() => remove.mutate(undefined, { onSuccess: () => void navigate({ to: "/settings/apps" }) })}
      />
    </Card>
  );
}

const deliveriesOf = (id: number): DeliverySource => ({
  key: ["app-deliveries", id],
  fetchPage: (query) => answer(api.GET("/v1/apps/{id}/deliveries", { params: { path: { id }, query } })),
  redeliver: (delivery_id) => answer(api.POST("/v1/apps/{id}/deliveries/{delivery_id}/redeliver", { params: { path: { id, delivery_id } } })),
});
