import { answer, type App, type AppRole, type Inbox } from "@tertulia/api-client";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { useT } from "../../../i18n/use-t.ts";
import { Confirm } from "../../../ui/confirm.tsx";
import { SelectField } from "../../../ui/field.tsx";
import { Card } from "../../../ui/page.tsx";
import { useApps, useInboxes } from "../../directory/queries.ts";
import { useAction } from "../use-change.ts";
import { displacedBy, roleOn } from "./health.ts";

type Choice = AppRole | "nothing";
const CHOICES = ["nothing", "watches", "answers"] as const satisfies readonly Choice[];

/** What the app does on each inbox; one app answers on an inbox, so another may have to make room. */
export function AppInboxes({ app }: { app: App }) {
  const t = useT();
  const inboxes = useInboxes();
  return (
    <Card title={t("settings.inboxes.title")} text={t("settings.apps.inboxesText")}>
      {inboxes.length === 0 ? (
        <p className="text-ink-2">{t("settings.inboxes.empty")}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">{inboxes.map((inbox) => <Place key={inbox.id} app={app} inbox={inbox} />)}</ul>
      )}
    </Card>
  );
}

function Place({ app, inbox }: { app: App; inbox: Inbox }) {
  const t = useT();
  const [asks, setAsks] = useState(false);
  const displaced = displacedBy(app, inbox.id, useApps());
  const params = { path: { id: app.id, inbox_id: inbox.id } };
  const place = useAction("apps", (choice: Choice) =>
    choice === "nothing" ? answer(api.DELETE("/v1/apps/{id}/inboxes/{inbox_id}", { params })) : answer(api.PUT("/v1/apps/{id}/inboxes/{inbox_id}", { params, body: { role: choice } })),
  );
  const choose = (choice: Choice) => (choice === "answers" && displaced ? setAsks(true) : place.mutate(choice));
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0">
      <div className="min-w-40 flex-1">
        <p className="font-medium break-words">{inbox.name}</p>
        {displaced && <p className="text-sm break-words text-ink-3">{t("settings.apps.answeredBy", { app: displaced.name })}</p>}
      </div>
      <div className="w-full sm:w-56">
        <SelectField
          quiet label={t("settings.apps.roleOn", { inbox: inbox.name })} value={roleOn(app, inbox.id) ?? "nothing"} disabled={place.isPending}
          choices={CHOICES.map((value) => ({ value, label: t(`appRole.${value}`) }))} onChoose={choose}
        />
      </div>
      <Confirm
        open={asks} onClose={() => setAsks(false)} title={t("settings.apps.displaceTitle", { app: app.name, inbox: inbox.name })}
        text={t("settings.apps.displaceText", { displaced: displaced?.name ?? "" })} confirmLabel={t("settings.apps.displace")}
        busy={place.isPending} onConfirm={() => place.mutate("answers", { onSettled: () => setAsks(false) })}
      />
    </li>
  );
}
