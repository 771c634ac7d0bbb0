import { useState } from "react";
import { useT } from "../../i18n/use-t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog, DialogActions } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/field.tsx";
import { useActions } from "../actions/use-actions.ts";

/** The longest line that the server takes. */
const REASON_CHARS_MAX = 500;

/** Asks people to come to a conversation that an app is answering, perhaps with a word about why. */
export function AskDialog({ conversationId, onClose }: { conversationId: number; onClose: () => void }) {
  const t = useT();
  const [reason, setReason] = useState("");
  const { mutate, isPending } = useActions(conversationId);
  return (
    <Dialog open onClose={onClose} title={t("control.ask")} description={t("control.askText")}>
      <form onSubmit={(event) => { event.preventDefault(); mutate({ do: "hand_over", reason: reason.trim() }, { onSuccess: onClose }); }}>
        <TextField label={t("control.reason")} hint={t("control.reasonHint")} autoFocus maxLength={REASON_CHARS_MAX} value={reason} onChange={(event) => setReason(event.target.value)} />
        <DialogActions>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" tone="primary" busy={isPending}>{t("control.ask")}</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
