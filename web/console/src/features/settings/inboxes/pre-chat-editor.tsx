import type { PreChatField, PreChatKind } from "@tertulia/api-client";
import { ArrowUp, Plus, X } from "lucide-react";
import { useT } from "../../../i18n/use-t.ts";
import { Button, IconButton } from "../../../ui/button.tsx";
import { CheckField, SelectField, TextField } from "../../../ui/field.tsx";

const KINDS = ["text", "email", "phone", "select", "checkbox"] as const satisfies readonly PreChatKind[];

/** What a visitor is asked before the first message. */
export function PreChatEditor({ fields, onChange }: { fields: readonly PreChatField[]; onChange: (fields: PreChatField[]) => void }) {
  const t = useT();
  const set = (index: number, part: Partial<PreChatField>) => onChange(fields.map((field, at) => (at === index ? { ...field, ...part } : field)));
  const add = () => onChange([...fields, { key: newKey(fields), label: "", kind: "text", required: false, options: [] }]);
  const raise = (index: number) => onChange(fields.flatMap((field, at) => (at === index ? [] : at === index - 1 ? [fields[index] ?? field, field] : [field])));
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-sm font-medium text-ink-2">{t("settings.preChat.title")}</legend>
      {fields.length === 0 && <p className="text-sm text-ink-3">{t("settings.preChat.empty")}</p>}
      {fields.map((field, index) => (
        <div key={field.key} className="flex flex-col gap-2 rounded-md border border-line bg-sunken p-3">
          <div className="flex items-end gap-2">
            <div className="flex-1"><TextField label={t("settings.preChat.label")} required value={field.label} onChange={(event) => set(index, { label: event.target.value })} /></div>
            <div className="w-32"><SelectField label={t("settings.preChat.kind")} value={field.kind} choices={KINDS.map((value) => ({ value, label: t(`settings.preChat.${value}`) }))} onChoose={(kind) => set(index, { kind })} /></div>
            {index > 0 && <IconButton label={t("settings.preChat.up")} onClick={() => raise(index)}><ArrowUp size={15} /></IconButton>}
            <IconButton label={t("settings.delete", { name: field.label })} onClick={() => onChange(fields.filter((_, at) => at !== index))}><X size={15} /></IconButton>
          </div>
          {field.kind === "select" && (
            <TextField label={t("settings.preChat.options")} hint={t("settings.preChat.optionsHint")} value={field.options.join(", ")} onChange={(event) => set(index, { options: event.target.value.split(",").map((option) => option.trimStart()) })} />
          )}
          <CheckField label={t("settings.preChat.required")} checked={field.required} onCheck={(required) => set(index, { required })} />
        </div>
      ))}
      <Button size="small" className="self-start" icon={<Plus size={14} />} onClick={add}>{t("settings.preChat.add")}</Button>
    </fieldset>
  );
}

/** The first usual question that is not asked yet; else a numbered one. */
function newKey(fields: readonly PreChatField[]): string {
  const taken = new Set(fields.map(({ key }) => key));
  const usual = ["name", "email", "phone"].find((key) => !taken.has(key));
  if (usual) return usual;
  let number = 1;
  while (taken.has(`field_${number}`)) number += 1;
  return `field_${number}`;
}
