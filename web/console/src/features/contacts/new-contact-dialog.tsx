import { answer } from "@tertulia/api-client";
import { useState } from "react";
import { api } from "../../app/api.ts";
import { errorAt } from "../../app/problems.ts";
import { useT } from "../../i18n/use-t.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/field.tsx";
import { Form } from "../settings/form.tsx";
import { useContactChange } from "./queries.ts";

export function NewContactDialog({ onClose, onCreated }: { onClose: () => void; onCreated: (id: number) => void }) {
  const t = useT();
  const [values, setValues] = useState({ name: "", email: "", phone: "" });
  const create = useContactChange(() =>
    answer(api.POST("/v1/contacts", { body: { name: values.name.trim(), email: values.email.trim() || null, phone: values.phone.trim() || null } })),
  );
  const submit = () =>
    create.mutate(undefined, {
      onSuccess: (contact) => {
        onClose();
        if (contact) onCreated(contact.id);
      },
    });
  const field = (name: keyof typeof values) => ({
    label: t(`contact.${name}`), value: values[name], error: errorAt(create.error, `/${name}`, t),
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
  });
  return (
    <Dialog open onClose={onClose} title={t("contacts.new")}>
      <Form onSubmit={submit} onCancel={onClose} submitLabel={t("common.add")} isBusy={create.isPending} error={create.error} pointers={["/name", "/email", "/phone"]}>
        <TextField {...field("name")} required autoFocus />
        <TextField {...field("email")} type="email" />
        <TextField {...field("phone")} type="tel" />
      </Form>
    </Dialog>
  );
}
