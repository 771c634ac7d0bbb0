import { answer, type Inbox } from "@tertulia/api-client";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { errorAt } from "../../../app/problems.ts";
import { useT } from "../../../i18n/use-t.ts";
import { CheckField, SelectField, TextArea, TextField } from "../../../ui/field.tsx";
import { Card } from "../../../ui/page.tsx";
import { notify } from "../../../ui/toast.tsx";
import { Form } from "../form.tsx";
import { useChange } from "../use-change.ts";

const HOUR_SECS = 3_600;
const WINDOWS_SECS = [0, HOUR_SECS, 24 * HOUR_SECS, 72 * HOUR_SECS, 168 * HOUR_SECS, 720 * HOUR_SECS];

export function InboxBasics({ inbox }: { inbox: Inbox }) {
  const t = useT();
  const [values, setValues] = useState({ name: inbox.name, greeting: inbox.greeting, reopen_window_secs: inbox.reopen_window_secs, enabled: inbox.enabled });
  const save = useChange("inboxes", () => answer(api.PATCH("/v1/inboxes/{id}", { params: { path: { id: inbox.id } }, body: values })));
  const windows = [...new Set([...WINDOWS_SECS, values.reopen_window_secs])].sort((a, b) => a - b);
  return (
    <Card title={t("settings.inboxes.basics")}>
      <Form onSubmit={() => save.mutate(undefined, { onSuccess: () => notify(t("settings.saved")) })} submitLabel={t("settings.save")} isBusy={save.isPending} error={save.error} pointers={["/name", "/greeting", "/reopen_window_secs"]}>
        <TextField label={t("settings.name")} hint={t("settings.inboxes.nameHint")} required value={values.name} error={errorAt(save.error, "/name", t)} onChange={(event) => setValues({ ...values, name: event.target.value })} />
        <TextArea label={t("settings.inboxes.greeting")} hint={t("settings.inboxes.greetingHint")} value={values.greeting} error={errorAt(save.error, "/greeting", t)} onChange={(event) => setValues({ ...values, greeting: event.target.value })} />
        <SelectField
          label={t("settings.inboxes.reopen")} hint={t("settings.inboxes.reopenHint")} value={String(values.reopen_window_secs)} error={errorAt(save.error, "/reopen_window_secs", t)}
          choices={windows.map((secs) => ({ value: String(secs), label: secs === 0 ? t("settings.inboxes.never") : t("settings.inboxes.hours", { count: Math.round(secs / HOUR_SECS) }) }))}
          onChoose={(secs) => setValues({ ...values, reopen_window_secs: Number(secs) })}
        />
        <CheckField label={t("settings.inboxes.enabled")} hint={t("settings.inboxes.enabledHint")} checked={values.enabled} onCheck={(enabled) => setValues({ ...values, enabled })} />
      </Form>
    </Card>
  );
}
