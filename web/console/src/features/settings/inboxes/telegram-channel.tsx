import { answer, type Inbox } from "@tertulia/api-client";
import { CircleAlert, CircleCheck, LoaderCircle } from "lucide-react";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { errorAt } from "../../../app/problems.ts";
import { useLanguage } from "../../../i18n/use-t.ts";
import { Avatar } from "../../../ui/avatar.tsx";
import { TextField } from "../../../ui/field.tsx";
import { Card } from "../../../ui/page.tsx";
import { notify } from "../../../ui/toast.tsx";
import { Form } from "../form.tsx";
import { useChange } from "../use-change.ts";
import { TelegramProfile } from "./telegram-profile.tsx";

export type TelegramInbox = Inbox & { settings: Extract<Inbox["settings"], { bot_id: string }> };

/** A bot: who it is, how its connection is, and what customers see of it. */
export function TelegramChannel({ inbox }: { inbox: TelegramInbox }) {
  const { t } = useLanguage();
  const { bot_name, username, avatar_url, mode } = inbox.settings;
  return (
    <>
      <Card title={t("settings.telegram.bot")}>
        <div className="flex flex-col gap-4">
          <div className="flex items-center gap-3">
            <Avatar name={bot_name} url={avatar_url} />
            <div className="min-w-0">
              <p className="truncate font-medium">{bot_name}</p>
              <a href={`https://t.me/${username}`} target="_blank" rel="noopener noreferrer" className="text-sm text-ink-2 underline">@{username}</a>
            </div>
          </div>
          <Health inbox={inbox} />
          {mode && <p className="text-sm text-ink-2">{t(`settings.telegram.${mode}`)}</p>}
          <ReplaceToken inbox={inbox} />
        </div>
      </Card>
      <TelegramProfile inbox={inbox} />
    </>
  );
}

const looks = { ok: [CircleCheck, "text-accent-strong"], connecting: [LoaderCircle, "text-ink-3"], degraded: [CircleAlert, "text-note-ink"], refused: [CircleAlert, "text-danger"] } as const;

function Health({ inbox: { health } }: { inbox: Inbox }) {
  const { t, locale } = useLanguage();
  if (!health) return null;
  const [Icon, color] = looks[health.state];
  const at = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(health.checked_at));
  return (
    <div role="status" className="flex items-start gap-2">
      <Icon size={18} className={`mt-0.5 shrink-0 ${color}`} />
      <div>
        <p className="font-medium">{t(`health.${health.state}`)}</p>
        {health.detail && <p className="text-sm break-words text-ink-2">{health.detail}</p>}
        <p className="text-sm text-ink-3">{t("health.checkedAt", { at })}</p>
      </div>
    </div>
  );
}

function ReplaceToken({ inbox }: { inbox: TelegramInbox }) {
  const { t } = useLanguage();
  const [token, setToken] = useState("");
  const params = { path: { id: inbox.id } };
  const save = useChange("inboxes", () => answer(api.PATCH("/v1/inboxes/{id}", { params, body: { settings: { token: token.trim() } } })));
  const submit = () => save.mutate(undefined, { onSuccess: () => { setToken(""); notify(t("settings.saved")); } });
  return (
    <Form onSubmit={submit} submitLabel={t("settings.telegram.replace")} isBusy={save.isPending} error={save.error} pointers={["/settings/token"]}>
      <TextField
        label={t("settings.telegram.newToken")} hint={t("settings.telegram.replaceHint")} type="password" autoComplete="off" required
        value={token} error={errorAt(save.error, "/settings/token", t)} onChange={(event) => setToken(event.target.value)}
      />
    </Form>
  );
}
