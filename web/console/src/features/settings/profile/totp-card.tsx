import { answer } from "@tertulia/api-client";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { errorAt } from "../../../app/problems.ts";
import { useT } from "../../../i18n/use-t.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { CopyField } from "../../../ui/copy-field.tsx";
import { Dialog, DialogActions } from "../../../ui/dialog.tsx";
import { TextField } from "../../../ui/field.tsx";
import { Card } from "../../../ui/page.tsx";
import { useMe } from "../../session/use-me.ts";
import { Form } from "../form.tsx";
import { useAction, useChange } from "../use-change.ts";
import { QrCode } from "./qr-code.tsx";

/** The second step of signing in: a code from an authenticator app. */
export function TotpCard() {
  const t = useT();
  const { user } = useMe();
  const [enrolment, setEnrolment] = useState<{ secret: string; otpauth_url: string } | null>(null);
  const [isDisabling, setDisabling] = useState(false);
  const begin = useAction("totp", () => answer(api.POST("/v1/profile/totp")));
  const state = <Badge tone={user.totp_enabled ? "ok" : "plain"}>{t(user.totp_enabled ? "settings.totp.on" : "settings.totp.off")}</Badge>;
  return (
    <Card title={t("settings.totp.title")} text={t("settings.totp.text")} action={state}>
      {user.totp_enabled ? (
        <Button onClick={() => setDisabling(true)}>{t("settings.totp.disable")}</Button>
      ) : (
        <Button busy={begin.isPending} onClick={() => begin.mutate(undefined, { onSuccess: setEnrolment })}>{t("settings.totp.enable")}</Button>
      )}
      {enrolment && <Enrol {...enrolment} onClose={() => setEnrolment(null)} />}
      {isDisabling && <Disable onClose={() => setDisabling(false)} />}
    </Card>
  );
}

function Enrol({ secret, otpauth_url, onClose }: { secret: string; otpauth_url: string; onClose: () => void }) {
  const t = useT();
  const [code, setCode] = useState("");
  const confirm = useChange("session", () => answer(api.POST("/v1/profile/totp/confirm", { body: { code: code.trim() } })));
  if (confirm.data) return <RecoveryCodes codes={confirm.data.recovery_codes} onClose={onClose} />;
  return (
    <Dialog open onClose={onClose} title={t("settings.totp.enable")} description={t("settings.totp.scan")}>
      <QrCode text={otpauth_url} label={t("settings.totp.qr")} />
      <div className="mb-4"><CopyField label={t("settings.totp.secret")} text={secret} /></div>
      <Form onSubmit={() => confirm.mutate(undefined)} onCancel={onClose} submitLabel={t("settings.totp.confirm")} isBusy={confirm.isPending} error={confirm.error} pointers={["/code"]}>
        <TextField label={t("session.code")} inputMode="numeric" autoComplete="one-time-code" required value={code} error={errorAt(confirm.error, "/code", t)} onChange={(event) => setCode(event.target.value)} />
      </Form>
    </Dialog>
  );
}

function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const t = useT();
  return (
    <Dialog open onClose={onClose} title={t("settings.totp.recovery")} description={t("settings.totp.recoveryText")}>
      <CopyField label={t("settings.totp.recovery")} text={codes.join("\n")} multiline />
      <DialogActions><Button tone="primary" onClick={onClose}>{t("settings.totp.recoveryDone")}</Button></DialogActions>
    </Dialog>
  );
}

function Disable({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [password, setPassword] = useState("");
  const disable = useChange("session", () => answer(api.POST("/v1/profile/totp/disable", { body: { password } })));
  return (
    <Dialog open onClose={onClose} title={t("settings.totp.disable")} description={t("settings.totp.disableText")}>
      <Form onSubmit={() => disable.mutate(undefined, { onSuccess: onClose })} onCancel={onClose} submitLabel={t("settings.totp.disable")} isBusy={disable.isPending} error={disable.error} pointers={["/password"]}>
        <TextField label={t("session.password")} type="password" autoComplete="current-password" required value={password} error={errorAt(disable.error, "/password", t)} onChange={(event) => setPassword(event.target.value)} />
      </Form>
    </Dialog>
  );
}
