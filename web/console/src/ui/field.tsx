import { useId, type InputHTMLAttributes, type ReactNode, type Ref, type SelectHTMLAttributes, type TextareaHTMLAttributes } from "react";
import { cx } from "./classes.ts";

interface Described {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** Keeps the label for screen readers only. */
  quiet?: boolean;
}

function useDescription({ hint, error }: Described) {
  const id = useId();
  const described = cx(hint ? `${id}-hint` : false, error ? `${id}-error` : false);
  return { id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined } as const;
}

function Frame({ id, label, hint, error, quiet, children }: Described & { id: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className={quiet ? "sr-only" : "text-sm font-medium text-ink-2"}>
        {label}
      </label>
      {children}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-sm text-danger">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-ink-3">
          {hint}
        </p>
      )}
    </div>
  );
}

type InputProps = InputHTMLAttributes<HTMLInputElement> & Described & { ref?: Ref<HTMLInputElement> };

export function TextField({ label, hint, error, quiet, className, ...rest }: InputProps) {
  const aria = useDescription({ label, hint, error });
  return (
    <Frame id={aria.id} label={label} hint={hint} error={error} {...(quiet ? { quiet } : {})}>
      <input className={cx("field", className)} {...aria} {...rest} />
    </Frame>
  );
}

export function TextArea({ label, hint, error, quiet, className, ...rest }: TextareaHTMLAttributes<HTMLTextAreaElement> & Described) {
  const aria = useDescription({ label, hint, error });
  return (
    <Frame id={aria.id} label={label} hint={hint} error={error} {...(quiet ? { quiet } : {})}>
      <textarea className={cx("field", className)} rows={3} {...aria} {...rest} />
    </Frame>
  );
}

export interface Choice<Value extends string> {
  value: Value;
  label: string;
}

type SelectProps<Value extends string> = Omit<SelectHTMLAttributes<HTMLSelectElement>, "value" | "onChange"> &
  Described & { value: Value; choices: readonly Choice<Value>[]; onChoose: (value: Value) => void };

export function SelectField<Value extends string>(props: SelectProps<Value>) {
  const { label, hint, error, quiet, choices, onChoose, className, ...rest } = props;
  const aria = useDescription({ label, hint, error });
  return (
    <Frame id={aria.id} label={label} hint={hint} error={error} {...(quiet ? { quiet } : {})}>
      <select
        className={cx("field pr-7", className)}
        {...aria}
        {...rest}
        onChange={(event) => {
          const chosen = choices.find((choice) => choice.value === event.target.value);
          if (chosen) onChoose(chosen.value);
        }}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Frame>
  );
}

interface CheckProps {
  label: ReactNode;
  hint?: ReactNode;
  checked: boolean;
  onCheck: (checked: boolean) => void;
  disabled?: boolean;
}

export function CheckField({ label, hint, checked, onCheck, disabled }: CheckProps) {
  return (
    <label className="flex items-start gap-2.5 py-0.5">
      <input
        type="checkbox"
        className="mt-0.5 size-4 shrink-0 accent-accent"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onCheck(event.target.checked)}
      />
      <span className="flex min-w-0 flex-col">
        <span>{label}</span>
        {hint && <span className="text-sm text-ink-3">{hint}</span>}
      </span>
    </label>
  );
}
