/** Inputs from a list of fields: the form before the chat and forms inside it. */

import type { FormField } from "@tertulia/core";
import { useId, useState } from "preact/hooks";
import type { TextKey } from "../i18n/catalogue.ts";
import { useShell } from "../shell/context.ts";

export type Values = Record<string, string>;

interface FieldsProps {
  fields: readonly FormField[];
  action: string;
  isBusy?: boolean;
  error?: string | null;
  onSubmit: (values: Values) => void;
}

export function Fields({ fields, action, isBusy = false, error = null, onSubmit }: FieldsProps) {
  const [values, setValues] = useState<Values>({});
  const [checked, setChecked] = useState(false);
  const id = useId();
  const submit = (event: Event) => {
    event.preventDefault();
    setChecked(true);
    const wrong = fields.find((field) => check(field, values[field.key] ?? "") !== null);
    if (wrong === undefined) onSubmit(trimmed(values));
    else document.getElementById(`${id}-${wrong.key}`)?.focus();
  };
  return (
    <form class="fields" noValidate onSubmit={submit}>
      {fields.map((field) => (
        <Field
          key={field.key}
          id={`${id}-${field.key}`}
          field={field}
          value={values[field.key] ?? ""}
          problem={checked ? check(field, values[field.key] ?? "") : null}
          onValue={(value) => setValues({ ...values, [field.key]: value })}
        />
      ))}
      {error !== null && <p class="problem" role="alert">{error}</p>}
      <button type="submit" class="primary" disabled={isBusy}>{action}</button>
    </form>
  );
}

interface FieldProps {
  id: string;
  field: FormField;
  value: string;
  problem: TextKey | null;
  onValue: (value: string) => void;
}

function Field({ id, field, value, problem, onValue }: FieldProps) {
  const { t } = useShell();
  const shared = {
    id,
    "aria-invalid": problem !== null,
    "aria-required": field.required,
    ...(problem !== null && { "aria-describedby": `${id}-problem` }),
  };
  const note = problem !== null && <p class="problem" id={`${id}-problem`}>{t(problem)}</p>;
  if (field.kind === "checkbox") {
    return (
      <div class="field">
        <label class="checkbox">
          <input {...shared} type="checkbox" checked={value === "true"} onChange={(event) => onValue(String(event.currentTarget.checked))} />
          <span>{field.label}</span>
        </label>
        {note}
      </div>
    );
  }
  return (
    <div class="field">
      <label for={id}>
        {field.label}
        {field.required && <span aria-hidden="true"> *</span>}
      </label>
      {field.kind === "select" ? (
        <select {...shared} value={value} onChange={(event) => onValue(event.currentTarget.value)}>
          <option value="">{t("choose")}</option>
          {field.options.map((option) => <option key={option} value={option}>{option}</option>)}
        </select>
      ) : (
        <input {...shared} {...INPUT[field.kind]} dir="auto" value={value} onInput={(event) => onValue(event.currentTarget.value)} />
      )}
      {note}
    </div>
  );
}

const INPUT = {
  text: { type: "text" },
  email: { type: "email", autocomplete: "email" },
  phone: { type: "tel", autocomplete: "tel" },
} as const;

/** What is wrong with a value, as the key of a text. */
export function check({ kind, required }: FormField, value: string): TextKey | null {
  const text = value.trim();
  if (kind === "checkbox") return required && text !== "true" ? "required" : null;
  if (text === "") return required ? "required" : null;
  if (kind === "email" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return "bad_email";
  if (kind === "phone" && !/^\+[\d\s().-]{7,24}$/.test(text)) return "bad_phone";
  return null;
}

function trimmed(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value.trim()]));
}
