import { useState, type ReactNode } from "react";
import { useT } from "../i18n/use-t.ts";
import { Button } from "./button.tsx";
import { Dialog, DialogActions } from "./dialog.tsx";
import { TextField } from "./field.tsx";

interface Props {
  open: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: string;
  text: string;
  confirmLabel: string;
  busy?: boolean;
  /** What must be typed before the button works, for what cannot be undone. */
  typed?: string;
  children?: ReactNode;
}

export function Confirm({ open, onClose, onConfirm, title, text, confirmLabel, busy, typed, children }: Props) {
  const t = useT();
  const [written, setWritten] = useState("");
  const allowed = typed === undefined || written.trim() === typed;
  return (
    <Dialog open={open} onClose={onClose} title={title} description={text}>
      {children}
      {typed !== undefined && (
        <TextField
          label={t("common.typeToConfirm", { text: typed })}
          value={written}
          onChange={(event) => setWritten(event.target.value)}
          autoComplete="off"
        />
      )}
      <DialogActions>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button tone="danger" disabled={!allowed} busy={busy ?? false} onClick={onConfirm}>
          {confirmLabel}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
