import { answer, type Contact } from "@tertulia/api-client";
import { Plus, X } from "lucide-react";
import { useState, type FormEvent } from "react";
import { api } from "../../app/api.ts";
import { explain } from "../../app/problems.ts";
import { useT } from "../../i18n/use-t.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { Section } from "../../ui/section.tsx";
import { useContactChange } from "./queries.ts";

/** Facts about a contact that the business names itself. */
export function ContactAttributes({ contact }: { contact: Contact }) {
  const t = useT();
  const [isAdding, setAdding] = useState(false);
  const change = useContactChange((attributes: Record<string, unknown>) =>
    answer(api.PATCH("/v1/contacts/{id}", { params: { path: { id: contact.id } }, body: { attributes } })),
  );
  const entries = Object.entries(contact.attributes);
  const remove = (name: string) => change.mutate(Object.fromEntries(entries.filter(([key]) => key !== name)));
  const add = (name: string, value: string) => change.mutate({ ...contact.attributes, [name]: value }, { onSuccess: () => setAdding(false) });
  return (
    <Section title={t("contact.attributes")} action={<IconButton label={t("contact.addAttribute")} size="tiny" onClick={() => setAdding(!isAdding)}><Plus size={15} /></IconButton>}>
      {change.error && <p role="alert" className="text-sm text-danger">{explain(change.error, t)}</p>}
      <dl className="flex flex-col text-sm">
        {entries.map(([name, value]) => (
          <div key={name} className="group/attribute flex items-start gap-2 py-0.5">
            <dt className="w-2/5 shrink-0 break-words text-ink-3">{name}</dt>
            <dd className="flex min-w-0 flex-1 items-start gap-2 break-words">
              <span className="min-w-0 flex-1">{typeof value === "string" ? value : JSON.stringify(value)}</span>
              <IconButton label={t("contact.removeAttribute", { name })} size="tiny" className="-my-1 opacity-0 group-hover/attribute:opacity-100 focus-visible:opacity-100" onClick={() => remove(name)}><X size={13} /></IconButton>
            </dd>
          </div>
        ))}
      </dl>
      {entries.length === 0 && !isAdding && <p className="text-sm text-ink-3">{t("contact.noAttributes")}</p>}
      {isAdding && <NewAttribute onAdd={add} isBusy={change.isPending} />}
    </Section>
  );
}

function NewAttribute({ onAdd, isBusy }: { onAdd: (name: string, value: string) => void; isBusy: boolean }) {
  const t = useT();
  const [name, setName] = useState("");
  const [value, setValue] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAdd(name.trim(), value.trim());
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2 rounded-md bg-sunken p-2.5">
      <TextField label={t("contact.attributeName")} value={name} required autoFocus onChange={(event) => setName(event.target.value)} />
      <TextField label={t("contact.attributeValue")} value={value} onChange={(event) => setValue(event.target.value)} />
      <Button type="submit" size="small" tone="primary" busy={isBusy}>{t("common.add")}</Button>
    </form>
  );
}
