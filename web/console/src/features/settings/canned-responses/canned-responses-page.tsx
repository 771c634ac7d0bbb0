import { answer, type CannedResponse } from "@tertulia/api-client";
import { useQuery } from "@tanstack/react-query";
import { Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { errorAt } from "../../../app/problems.ts";
import { useT } from "../../../i18n/use-t.ts";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Confirm } from "../../../ui/confirm.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { TextArea, TextField } from "../../../ui/field.tsx";
import { Page, Row, Rows } from "../../../ui/page.tsx";
import { cannedResponsesQuery } from "../../directory/queries.ts";
import { Form } from "../form.tsx";
import { useAction, useChange } from "../use-change.ts";

const KEY = "canned-responses";

export function CannedResponsesPage() {
  const t = useT();
  const { data: responses = [] } = useQuery(cannedResponsesQuery);
  const [edited, setEdited] = useState<CannedResponse | "new" | null>(null);
  const [removed, setRemoved] = useState<CannedResponse | null>(null);
  const remove = useAction(KEY, (id: number) => answer(api.DELETE("/v1/canned-responses/{id}", { params: { path: { id } } })));
  const create = <Button tone="primary" icon={<Plus size={16} />} onClick={() => setEdited("new")}>{t("settings.canned-responses.create")}</Button>;
  return (
    <Page title={t("settings.canned-responses.title")} purpose={t("settings.canned-responses.purpose")} action={create}>
      <Rows label={t("settings.canned-responses.title")} empty={t("settings.canned-responses.empty")}>
        {responses.map((response) => (
          <Row key={response.id}>
            <span className="min-w-40 flex-1">
              <span className="block font-medium break-words">/{response.short_code}</span>
              <span className="line-clamp-2 text-sm break-words whitespace-pre-line text-ink-3">{response.content}</span>
            </span>
            <IconButton label={t("settings.edit", { name: response.short_code })} onClick={() => setEdited(response)}><Pencil size={16} /></IconButton>
            <IconButton label={t("settings.delete", { name: response.short_code })} onClick={() => setRemoved(response)}><Trash2 size={16} /></IconButton>
          </Row>
        ))}
      </Rows>
      {edited && <CannedResponseDialog response={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
      <Confirm
        open={removed !== null} onClose={() => setRemoved(null)} title={t("settings.delete", { name: removed?.short_code ?? "" })} text={t("settings.canned-responses.deleteText")}
        confirmLabel={t("message.delete")} busy={remove.isPending} onConfirm={() => removed && remove.mutate(removed.id, { onSettled: () => setRemoved(null) })}
      />
    </Page>
  );
}

function CannedResponseDialog({ response, onClose }: { response: CannedResponse | null; onClose: () => void }) {
  const t = useT();
  const [values, setValues] = useState({ short_code: response?.short_code ?? "", content: response?.content ?? "" });
  const save = useChange(KEY, () =>
    response
      ? answer(api.PATCH("/v1/canned-responses/{id}", { params: { path: { id: response.id } }, body: values }))
      : answer(api.POST("/v1/canned-responses", { body: values })),
  );
  return (
    <Dialog open onClose={onClose} title={response ? response.short_code : t("settings.canned-responses.create")}>
      <Form onSubmit={() => save.mutate(undefined, { onSuccess: onClose })} onCancel={onClose} submitLabel={t("settings.save")} isBusy={save.isPending} error={save.error} pointers={["/short_code", "/content"]}>
        <TextField label={t("settings.canned-responses.shortCode")} hint={t("settings.canned-responses.shortCodeHint")} required autoFocus value={values.short_code} error={errorAt(save.error, "/short_code", t)} onChange={(event) => setValues({ ...values, short_code: event.target.value })} />
        <TextArea label={t("settings.canned-responses.content")} required rows={6} dir="auto" value={values.content} error={errorAt(save.error, "/content", t)} onChange={(event) => setValues({ ...values, content: event.target.value })} />
      </Form>
    </Dialog>
  );
}
