import { answer, type ApiSettings, type Inbox } from "@tertulia/api-client";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { errorAt } from "../../../app/problems.ts";
import { useT } from "../../../i18n/use-t.ts";
import { CopyField } from "../../../ui/copy-field.tsx";
import { TextField } from "../../../ui/field.tsx";
import { Card } from "../../../ui/page.tsx";
import { notify } from "../../../ui/toast.tsx";
import { Form } from "../form.tsx";
import { SecretField } from "../secret-field.tsx";
import { useChange } from "../use-change.ts";

/** A channel that somebody builds: where messages go in, where answers come out. */
export function ApiChannel({ inbox }: { inbox: Inbox & { settings: ApiSettings } }) {
  const t = useT();
  const params = { path: { id: inbox.id } };
  const hookUrl = `${window.location.origin}/hooks/${inbox.hook_token}`;
  const [url, setUrl] = useState(inbox.settings.webhook_url ?? "");
  const save = useChange("inboxes", () => answer(api.PATCH("/v1/inboxes/{id}", { params, body: { settings: { webhook_url: url.trim() || null } } })));
  return (
    <>
      <Card title={t("settings.api.in")} text={t("settings.api.inText")}>
        <div className="flex flex-col gap-4">
          <CopyField label={t("settings.api.hookUrl")} text={hookUrl} />
          <SecretField
            label={t("settings.api.secret")}
            reveal={async () => (await answer(api.GET("/v1/inboxes/{id}/secret", { params }))).secret}
            rotate={async () => (await answer(api.POST("/v1/inboxes/{id}/secret/rotate", { params }))).secret}
          />
          <CopyField label={t("settings.api.example")} text={curlOf(hookUrl)} multiline />
        </div>
      </Card>
      <Card title={t("settings.api.out")} text={t("settings.api.outText")}>
        <Form onSubmit={() => save.mutate(undefined, { onSuccess: () => notify(t("settings.saved")) })} submitLabel={t("settings.save")} isBusy={save.isPending} error={save.error} pointers={["/settings/webhook_url"]}>
          <TextField label={t("settings.webhooks.url")} type="url" placeholder="https://" value={url} error={errorAt(save.error, "/settings/webhook_url", t)} onChange={(event) => setUrl(event.target.value)} />
        </Form>
      </Card>
    </>
  );
}

function curlOf(hookUrl: string): string {
  return `curl -X POST ${hookUrl} \\
  -H "Authorization: Bearer $TERTULIA_INBOX_SECRET" \\
  -H "Content-Type: application/json" \\
  -d '{"events":[{"type":"message","id":"m-1","contact":{"id":"c-1","name":"Ana"},"content":{"type":"text","text":"Hello"}}]}'`;
}
