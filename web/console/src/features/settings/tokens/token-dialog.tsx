import { answer, type Permission } from "@tertulia/api-client";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { errorAt } from "../../../app/problems.ts";
import { useT } from "../../../i18n/use-t.ts";
import { Button } from "../../../ui/button.tsx";
import { CopyField } from "../../../ui/copy-field.tsx";
import { Dialog, DialogActions } from "../../../ui/dialog.tsx";
import { TextField } from "../../../ui/field.tsx";
import { Form } from "../form.tsx";
import { ScopeChecks } from "../scope-checks.tsx";
import { useChange } from "../use-change.ts";

/** Makes a token and shows it, once. */
export function TokenDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [name, setName] = useState("");
  const [expiry, setExpiry] = useState("");
  const [scopes, setScopes] = useState<readonly Permission[]>(["conversations:read", "conversations:write"]);
  const create = useChange("tokens", () =>
    answer(api.POST("/v1/tokens", { body: { name: name.trim(), scopes: [...scopes], ...(expiry ? { expires_at: new Date(expiry).toISOString() } : {}) } })),
  );

  if (create.data) {
    return (
      <Dialog open onClose={onClose} title={t("settings.tokens.created")} description={t("settings.tokens.createdText")}>
        <CopyField label={create.data.name} text={create.data.token ?? ""} />
        <DialogActions><Button tone="primary" onClick={onClose}>{t("settings.tokens.stored")}</Button></DialogActions>
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} title={t("settings.tokens.create")}>
      <Form onSubmit={() => create.mutate(undefined)} onCancel={onClose} submitLabel={t("settings.tokens.create")} isBusy={create.isPending} error={create.error} pointers={["/name", "/expires_at"]}>
        <TextField label={t("settings.name")} hint={t("settings.tokens.nameHint")} required autoFocus value={name} error={errorAt(create.error, "/name", t)} onChange={(event) => setName(event.target.value)} />
        <ScopeChecks legend={t("settings.tokens.scopes")} chosen={scopes} onChange={setScopes} />
        <TextField label={t("settings.tokens.expiry")} hint={t("settings.tokens.expiryHint")} type="date" value={expiry} error={errorAt(create.error, "/expires_at", t)} onChange={(event) => setExpiry(event.target.value)} />
      </Form>
    </Dialog>
  );
}
