import type { FormEvent, ReactNode } from "react";
import { errorBeside } from "../../app/problems.ts";
import { useT } from "../../i18n/use-t.ts";
import { Button } from "../../ui/button.tsx";
import { DialogActions } from "../../ui/dialog.tsx";
import { FormProblem } from "../session/auth-card.tsx";

interface Props {
  onSubmit: () => void;
  onCancel?: () => void;
  submitLabel: string;
  isBusy: boolean;
  error: unknown;
  /** JSON pointers of the fields of this form: their errors are shown at them. */
  pointers: readonly string[];
  children: ReactNode;
}

export function Form({ onSubmit, onCancel, submitLabel, isBusy, error, pointers, children }: Props) {
  const t = useT();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <FormProblem text={errorBeside(error, pointers, t)} />
      {children}
      <DialogActions>
        {onCancel && <Button onClick={onCancel}>{t("common.cancel")}</Button>}
        <Button type="submit" tone="primary" busy={isBusy}>{submitLabel}</Button>
      </DialogActions>
    </form>
  );
}
