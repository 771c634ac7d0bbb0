import { answer, type Webhook } from "@tertulia/api-client";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { errorAt } from "../../../app/problems.ts";
import { useT } from "../../../i18n/use-t.ts";
import { Button } from "../../../ui/button.tsx";
import { CopyField } from "../../../ui/copy-field.tsx";
import { Dialog, DialogActions } from "../../../ui/dialog.tsx";
import { CheckField, TextField } from "../../../ui/field.tsx";
import { Form } from "../form.tsx";
import { useChange } from "../use-change.ts";

const EVENTS = [
  "message.created", "message.updated", "conversation.created", "conversation.updated", "conversation.read",
  "contact.created", "contact.updated", "contact.merged", "contact.erased",
] as const;

export function WebhookDialog({ webhook, onClose }: { webhook: Webhook | null; onClose: () => void }) {
  const t = useT();
  const [url, setUrl] = useState(webhook?.url ?? "https://");
  const [description, setDescription] = useState(webhook?.description ?? "");
  const [events, setEvents] = useState<readonly string[]>(webhook?.events ?? ["message.created"]);
  const body = { url: url.trim(), description: description.trim(), events: [...events] };
  const save = useChange("webhooks", () =>
    webhook ? answer(api.PATCH("/v1/webhooks/{id}", { params: { path: { id: webhook.id } }, body })) : answer(api.POST("/v1/webhooks", { body })),
  );
  const submit = () => save.mutate(undefined, { onSuccess: () => webhook && onClose() });

  if (!webhook && save.data) {
    return (
      <Dialog open onClose={onClose} title={t("settings.webhooks.created")} description={t("settings.webhooks.createdText")}>
        {save.data.secret && <CopyField label={t("settings.webhooks.secret")} text={save.data.secret} />}
        <DialogActions><Button tone="primary" onClick={onClose}>{t("common.close")}</Button></DialogActions>
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} title={t(webhook ? "settings.webhooks.edit" : "settings.webhooks.create")}>
      <Form onSubmit={submit} onCancel={onClose} submitLabel={t("settings.save")} isBusy={save.isPending} error={save.error} pointers={["/url", "/description", "/events"]}>
        <TextField label={t("settings.webhooks.url")} hint={t("settings.webhooks.urlHint")} type="url" required autoFocus value={url} error={errorAt(save.error, "/url", t)} onChange={(event) => setUrl(event.target.value)} />
        <TextField label={t("settings.description")} value={description} error={errorAt(save.error, "/description", t)} onChange={(event) => setDescription(event.target.value)} />
        <fieldset>
          <legend className="mb-1 text-sm font-medium text-ink-2">{t("settings.webhooks.events")}</legend>
          {EVENTS.map((name) => (
            <CheckField
              key={name} label={<code className="font-mono text-sm">{name}</code>} checked={events.includes(name)}
              onCheck={(isOn) => setEvents(isOn ? [...events, name] : events.filter((each) => each !== name))}
            />
          ))}
          {errorAt(save.error, "/events", t) && <p role="alert" className="text-sm text-danger">{errorAt(save.error, "/events", t)}</p>}
        </fieldset>
      </Form>
    </Dialog>
  );
}
