import type { App } from "@tertulia/api-client";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Bot, ChevronRight, Plus } from "lucide-react";
import { useState } from "react";
import { useT } from "../../../i18n/use-t.ts";
import { Button } from "../../../ui/button.tsx";
import { Page, Row, Rows } from "../../../ui/page.tsx";
import { appsQuery, useInboxes } from "../../directory/queries.ts";
import { useCan } from "../../session/use-me.ts";
import { AppDialog } from "./app-dialog.tsx";
import { AppHealth } from "./app-health.tsx";

/** Everybody may know which apps work here; administrators change them. */
export function AppsPage() {
  const t = useT();
  const mayManage = useCan("apps:manage");
  const { data: apps = [] } = useQuery(appsQuery);
  const [isCreating, setCreating] = useState(false);
  const create = <Button tone="primary" icon={<Plus size={16} />} onClick={() => setCreating(true)}>{t("settings.apps.create")}</Button>;
  return (
    <Page title={t("settings.apps.title")} purpose={t("settings.apps.purpose")} action={mayManage ? create : undefined}>
      <Rows label={t("settings.apps.title")} empty={t("settings.apps.empty")}>
        {apps.map((app) => (mayManage ? <OpenableApp key={app.id} app={app} /> : <Row key={app.id}><AppSummary app={app} /></Row>))}
      </Rows>
      {isCreating && <AppDialog app={null} onClose={() => setCreating(false)} />}
    </Page>
  );
}

function OpenableApp({ app }: { app: App }) {
  const t = useT();
  return (
    <li>
      <Link to="/settings/apps/$appId" params={{ appId: app.id }} className="flex items-center gap-3 px-4 py-3 hover:bg-hover focus-visible:-outline-offset-2">
        <AppSummary app={app} />
        <ChevronRight size={16} className="shrink-0 text-ink-3" />
        <span className="sr-only">{t("settings.open")}</span>
      </Link>
    </li>
  );
}

function AppSummary({ app }: { app: App }) {
  const t = useT();
  const inboxes = useInboxes();
  const namesOf = (wanted: App["inboxes"][number]["role"]) =>
    app.inboxes.flatMap(({ inbox_id, role }) => (role === wanted ? inboxes.filter(({ id }) => id === inbox_id).map(({ name }) => name) : [])).join(", ");
  const [answers, watches] = [namesOf("answers"), namesOf("watches")];
  return (
    <>
      <Bot size={18} className="shrink-0 text-ink-3" />
      <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-48 flex-1">
          <span className="block font-medium break-words">{app.name}</span>
          <span className="block text-sm text-ink-3">{t(`contract.${app.contract}`)}</span>
          {answers && <span className="block text-sm break-words text-ink-2">{t("settings.apps.answersOn", { inboxes: answers })}</span>}
          {watches && <span className="block text-sm break-words text-ink-2">{t("settings.apps.watchesOn", { inboxes: watches })}</span>}
          {app.inboxes.length === 0 && <span className="block text-sm text-ink-2">{t("settings.apps.nowhere")}</span>}
        </span>
        <AppHealth app={app} />
      </span>
    </>
  );
}
