import { answer, type Label } from "@tertulia/api-client";
import { useQuery } from "@tanstack/react-query";
import { Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { errorAt } from "../../../app/problems.ts";
import { useT } from "../../../i18n/use-t.ts";
import { LabelDot } from "../../../ui/badge.tsx";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Confirm } from "../../../ui/confirm.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { TextField } from "../../../ui/field.tsx";
import { Page, Row, Rows } from "../../../ui/page.tsx";
import { labelsQuery } from "../../directory/queries.ts";
import { Form } from "../form.tsx";
import { useAction, useChange } from "../use-change.ts";

const FIRST_COLOR = "#2f7d6b";

export function LabelsPage() {
  const t = useT();
  const { data: labels = [] } = useQuery(labelsQuery);
  const [edited, setEdited] = useState<Label | "new" | null>(null);
  const [removed, setRemoved] = useState<Label | null>(null);
  const remove = useAction("labels", (id: number) => answer(api.DELETE("/v1/labels/{id}", { params: { path: { id } } })));
  const create = <Button tone="primary" icon={<Plus size={16} />} onClick={() => setEdited("new")}>{t("settings.labels.create")}</Button>;
  return (
    <Page title={t("settings.labels.title")} purpose={t("settings.labels.purpose")} action={create}>
      <Rows label={t("settings.labels.title")} empty={t("settings.labels.empty")}>
        {labels.map((label) => (
          <Row key={label.id}>
            <LabelDot color={label.color} />
            <span className="min-w-40 flex-1">
              <span className="block font-medium">{label.name}</span>
              {label.description && <span className="block text-sm text-ink-3">{label.description}</span>}
            </span>
            <IconButton label={t("settings.edit", { name: label.name })} onClick={() => setEdited(label)}><Pencil size={16} /></IconButton>
            <IconButton label={t("settings.delete", { name: label.name })} onClick={() => setRemoved(label)}><Trash2 size={16} /></IconButton>
          </Row>
        ))}
      </Rows>
      {edited && <LabelDialog label={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
      <Confirm
        open={removed !== null} onClose={() => setRemoved(null)} title={t("settings.delete", { name: removed?.name ?? "" })} text={t("settings.labels.deleteText")}
        confirmLabel={t("message.delete")} busy={remove.isPending} onConfirm={() => removed && remove.mutate(removed.id, { onSettled: () => setRemoved(null) })}
      />
    </Page>
  );
}

function LabelDialog({ label, onClose }: { label: Label | null; onClose: () => void }) {
  const t = useT();
  const [values, setValues] = useState({ name: label?.name ?? "", color: label?.color ?? FIRST_COLOR, description: label?.description ?? "" });
  const save = useChange("labels", () =>
    label ? answer(api.PATCH("/v1/labels/{id}", { params: { path: { id: label.id } }, body: values })) : answer(api.POST("/v1/labels", { body: values })),
  );
  return (
    <Dialog open onClose={onClose} title={label ? label.name : t("settings.labels.create")}>
      <Form onSubmit={() => save.mutate(undefined, { onSuccess: onClose })} onCancel={onClose} submitLabel={t("settings.save")} isBusy={save.isPending} error={save.error} pointers={["/name", "/color", "/description"]}>
        <TextField label={t("settings.name")} required autoFocus value={values.name} error={errorAt(save.error, "/name", t)} onChange={(event) => setValues({ ...values, name: event.target.value })} />
        <TextField label={t("settings.color")} type="color" className="h-10 w-20 p-1" value={values.color} error={errorAt(save.error, "/color", t)} onChange={(event) => setValues({ ...values, color: event.target.value })} />
        <TextField label={t("settings.description")} value={values.description} error={errorAt(save.error, "/description", t)} onChange={(event) => setValues({ ...values, description: event.target.value })} />
      </Form>
    </Dialog>
  );
}
