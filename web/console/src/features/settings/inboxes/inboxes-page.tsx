import { answer, type Channel, type Inbox } from "@tertulia/api-client";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { ChevronRight, Plus } from "lucide-react";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { errorAt } from "../../../app/problems.ts";
import { useT } from "../../../i18n/use-t.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { ChannelIcon } from "../../../ui/channel-icon.tsx";
import { cx } from "../../../ui/classes.ts";
import { Dialog } from "../../../ui/dialog.tsx";
import { TextField } from "../../../ui/field.tsx";
import { Page, Rows } from "../../../ui/page.tsx";
import { inboxesQuery } from "../../directory/queries.ts";
import { Form } from "../form.tsx";
import { useChange } from "../use-change.ts";
import { HealthBadge } from "./health-badge.tsx";

export function InboxesPage() {
  const t = useT();
  const { data: inboxes = [] } = useQuery(inboxesQuery);
  const [isCreating, setCreating] = useState(false);
  const create = <Button tone="primary" icon={<Plus size={16} />} onClick={() => setCreating(true)}>{t("settings.inboxes.create")}</Button>;
  return (
    <Page title={t("settings.inboxes.title")} purpose={t("settings.inboxes.purpose")} action={create}>
      <Rows label={t("settings.inboxes.title")} empty={t("settings.inboxes.empty")}>
        {inboxes.map((inbox) => <InboxRow key={inbox.id} inbox={inbox} />)}
      </Rows>
      {isCreating && <NewInbox onClose={() => setCreating(false)} />}
    </Page>
  );
}

function InboxRow({ inbox }: { inbox: Inbox }) {
  const t = useT();
  return (
    <li>
      <Link to="/settings/inboxes/$inboxId" params={{ inboxId: inbox.id }} className="flex items-center gap-3 px-4 py-3 hover:bg-hover focus-visible:-outline-offset-2">
        <ChannelIcon channel={inbox.channel} size={18} className="shrink-0 text-ink-3" />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{inbox.name}</span>
          <span className="block text-sm text-ink-3">{t(`channel.${inbox.channel}`)} · {t("settings.teams.members", { count: inbox.member_ids.length })}</span>
        </span>
        <HealthBadge health={inbox.health} />
        {!inbox.enabled && <Badge>{t("settings.webhooks.disabled")}</Badge>}
        <ChevronRight size={16} className="text-ink-3" />
      </Link>
    </li>
  );
}

const CHANNELS = ["widget", "telegram", "api"] as const satisfies readonly Channel[];

function NewInbox({ onClose }: { onClose: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [token, setToken] = useState("");
  const [channel, setChannel] = useState<Channel>("widget");
  const isBot = channel === "telegram";
  const settings = isBot ? { token: token.trim() } : {};
  const create = useChange("inboxes", () => answer(api.POST("/v1/inboxes", { body: { name: name.trim(), channel, settings } })));
  const submit = () =>
    create.mutate(undefined, { onSuccess: ({ id }) => void navigate({ to: "/settings/inboxes/$inboxId", params: { inboxId: id } }) });
  return (
    <Dialog open onClose={onClose} title={t("settings.inboxes.create")}>
      <Form onSubmit={submit} onCancel={onClose} submitLabel={t("settings.inboxes.create")} isBusy={create.isPending} error={create.error} pointers={["/name", "/settings/token"]}>
        <fieldset className="grid gap-2 sm:grid-cols-3">
          <legend className="sr-only">{t("settings.inboxes.channel")}</legend>
          {CHANNELS.map((each) => {
            return (
              <label key={each} className={cx("flex flex-col gap-1 rounded-lg border p-3.5 has-focus-visible:outline-2 has-focus-visible:outline-accent", channel === each ? "border-accent bg-accent-soft" : "border-line-strong hover:bg-hover")}>
                <input type="radio" name="channel" className="sr-only" checked={channel === each} onChange={() => setChannel(each)} />
                <ChannelIcon channel={each} size={20} className="text-accent" />
                <span className="font-medium">{t(`channel.${each}`)}</span>
                <span className="text-sm text-ink-2">{t(`channel.${each}.text`)}</span>
              </label>
            );
          })}
        </fieldset>
        {isBot && (
          <TextField
            label={t("settings.telegram.token")} hint={t("settings.telegram.tokenHint")} type="password" autoComplete="off" required
            value={token} error={errorAt(create.error, "/settings/token", t)} onChange={(event) => setToken(event.target.value)}
          />
        )}
        <TextField label={t("settings.name")} hint={t(isBot ? "settings.telegram.nameHint" : "settings.inboxes.nameHint")} required={!isBot} autoFocus value={name} error={errorAt(create.error, "/name", t)} onChange={(event) => setName(event.target.value)} />
      </Form>
    </Dialog>
  );
}
