import { answer, type ApiSettings, type Inbox, type WidgetSettings } from "@tertulia/api-client";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { ArrowLeft, Trash2 } from "lucide-react";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { explain } from "../../../app/problems.ts";
import { useT } from "../../../i18n/use-t.ts";
import { Button } from "../../../ui/button.tsx";
import { Confirm } from "../../../ui/confirm.tsx";
import { Empty } from "../../../ui/empty.tsx";
import { Page } from "../../../ui/page.tsx";
import { CenteredSpinner } from "../../../ui/spinner.tsx";
import { useAction } from "../use-change.ts";
import { ApiChannel } from "./api-channel.tsx";
import { IdentityCard } from "./identity-card.tsx";
import { InboxBasics } from "./inbox-basics.tsx";
import { InboxMembers } from "./inbox-members.tsx";
import { TelegramChannel, type TelegramInbox } from "./telegram-channel.tsx";
import { WidgetLook } from "./widget-look.tsx";
import { WidgetSnippet } from "./widget-snippet.tsx";

const inboxQuery = (id: number) =>
  queryOptions({ queryKey: ["inboxes", id], queryFn: () => answer(api.GET("/v1/inboxes/{id}", { params: { path: { id } } })) });

export function InboxPage() {
  const t = useT();
  const { inboxId } = useParams({ from: "/app/settings/inboxes/$inboxId" });
  const { data, error } = useQuery(inboxQuery(inboxId));
  if (error) return <Empty title={t("common.failed")} text={explain(error, t)} />;
  return data ? <InboxDetails key={data.id} inbox={data} /> : <CenteredSpinner label={t("common.loading")} />;
}

function InboxDetails({ inbox }: { inbox: Inbox }) {
  const t = useT();
  const navigate = useNavigate();
  const [asks, setAsks] = useState(false);
  const remove = useAction("inboxes", () => answer(api.DELETE("/v1/inboxes/{id}", { params: { path: { id: inbox.id } } })));
  const back = <Link to="/settings/inboxes" className="mb-3 inline-flex items-center gap-1.5 text-sm text-ink-2 hover:text-ink"><ArrowLeft size={15} />{t("settings.inboxes.title")}</Link>;
  return (
    <Page back={back} wide title={inbox.name} purpose={t(`channel.${inbox.channel}.text`)}>
      {isWidget(inbox) ? (
        <>
          <WidgetSnippet widgetKey={inbox.settings.key} />
          <WidgetLook inbox={inbox} />
        </>
      ) : isTelegram(inbox) ? (
        <TelegramChannel inbox={inbox} />
      ) : (
        <ApiChannel inbox={inbox as Inbox & { settings: ApiSettings }} />
      )}
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <InboxBasics inbox={inbox} />
        <InboxMembers inbox={inbox} />
      </div>
      {isWidget(inbox) && <IdentityCard inbox={inbox} />}
      <Button tone="ghost" className="self-start text-danger" icon={<Trash2 size={15} />} onClick={() => setAsks(true)}>{t("settings.inboxes.delete")}</Button>
      <Confirm
        open={asks} onClose={() => setAsks(false)} title={t("settings.delete", { name: inbox.name })} text={t("settings.inboxes.deleteText")} typed={inbox.name} confirmLabel={t("settings.inboxes.delete")}
        busy={remove.isPending} onConfirm={() => remove.mutate(undefined, { onSuccess: () => void navigate({ to: "/settings/inboxes" }) })}
      />
    </Page>
  );
}

function isTelegram(inbox: Inbox): inbox is TelegramInbox {
  return inbox.channel === "telegram";
}

export type WidgetInbox = Inbox & { settings: WidgetSettings };

function isWidget(inbox: Inbox): inbox is WidgetInbox {
  return inbox.channel === "widget";
}
