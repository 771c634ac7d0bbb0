import { answer, type Contact, type ContactPatch } from "@tertulia/api-client";
import { useState } from "react";
import { api } from "../../app/api.ts";
import { errorAt, errorBeside } from "../../app/problems.ts";
import { useT } from "../../i18n/use-t.ts";
import { TextField } from "../../ui/field.tsx";
import { Section } from "../../ui/section.tsx";
import { useInboxes } from "../directory/queries.ts";
import { LabelPicker } from "../labels/label-picker.tsx";
import { useContactChange } from "./queries.ts";

/** Name, e-mail and phone, saved when a field is left; labels and addresses. */
export function ContactDetails({ contact }: { contact: Contact }) {
  const t = useT();
  const params = { path: { id: contact.id } };
  const patch = useContactChange((body: ContactPatch) => answer(api.PATCH("/v1/contacts/{id}", { params, body })));
  const label = useContactChange((labels: string[]) => answer(api.PUT("/v1/contacts/{id}/labels", { params, body: { labels } })));
  const beside = errorBeside(patch.error ?? label.error, ["/name", "/email", "/phone"], t);
  const field = (name: "name" | "email" | "phone") => ({
    label: t(`contact.${name}`),
    saved: contact[name] ?? "",
    error: errorAt(patch.error, `/${name}`, t),
    onSave: (value: string) => patch.mutate(name === "name" ? { name: value } : { [name]: value || null }),
  });
  return (
    <>
      <Section title={t("contact.details")}>
        {beside && <p role="alert" className="text-sm text-danger">{beside}</p>}
        <div className="flex flex-col gap-2.5">
          <SavedField {...field("name")} autoComplete="off" />
          <SavedField {...field("email")} type="email" />
          <SavedField {...field("phone")} type="tel" />
        </div>
      </Section>
      <LabelPicker title={t("contact.labels")} chosen={contact.labels} onChange={(labels) => label.mutate(labels)} />
      <Identities contact={contact} />
    </>
  );
}

interface SavedFieldProps {
  label: string;
  saved: string;
  error: string | undefined;
  onSave: (value: string) => void;
  type?: string;
  autoComplete?: string;
}

function SavedField({ label, saved, error, onSave, ...rest }: SavedFieldProps) {
  const [value, setValue] = useState(saved);
  const [basis, setBasis] = useState(saved);
  if (basis !== saved) {
    setBasis(saved);
    setValue(saved);
  }
  const save = () => value.trim() !== saved && onSave(value.trim());
  return (
    <TextField
      label={label} value={value} error={error} {...rest}
      onChange={(event) => setValue(event.target.value)} onBlur={save}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") setValue(saved);
      }}
    />
  );
}

function Identities({ contact }: { contact: Contact }) {
  const t = useT();
  const inboxes = useInboxes();
  if (contact.identities.length === 0) return null;
  return (
    <Section title={t("contact.identities")} folded>
      <ul className="flex flex-col gap-1.5 text-sm">
        {contact.identities.map((identity) => (
          <li key={identity.id}>
            <span className="block text-ink-3">{inboxes.find(({ id }) => id === identity.inbox_id)?.name}{identity.verified && ` · ${t("contact.verified")}`}</span>
            <span className="block break-all">{identity.address}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
