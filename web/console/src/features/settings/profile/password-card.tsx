import { answer } from "@tertulia/api-client";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { errorAt } from "../../../app/problems.ts";
import { useT } from "../../../i18n/use-t.ts";
import { TextField } from "../../../ui/field.tsx";
import { Card } from "../../../ui/page.tsx";
import { notify } from "../../../ui/toast.tsx";
import { PASSWORD_CHARS_MIN } from "../../session/setup-form.tsx";
import { Form } from "../form.tsx";
import { useChange } from "../use-change.ts";

const nothing = { current: "", new: "" };

export function PasswordCard() {
  const t = useT();
  const [values, setValues] = useState(nothing);
  const save = useChange("sessions", () => answer(api.POST("/v1/profile/password", { body: values })));
  const submit = () =>
    save.mutate(undefined, {
      onSuccess: () => {
        setValues(nothing);
        notify(t("settings.profile.passwordChanged"));
      },
    });
  return (
    <Card title={t("settings.profile.password")} text={t("settings.profile.passwordText")}>
      <Form onSubmit={submit} submitLabel={t("settings.profile.changePassword")} isBusy={save.isPending} error={save.error} pointers={["/current", "/new"]}>
        <TextField
          label={t("settings.profile.currentPassword")} type="password" autoComplete="current-password" required value={values.current}
          error={errorAt(save.error, "/current", t)} onChange={(event) => setValues({ ...values, current: event.target.value })}
        />
        <TextField
          label={t("session.newPassword")} hint={t("session.passwordHint", { count: PASSWORD_CHARS_MIN })} type="password" autoComplete="new-password"
          minLength={PASSWORD_CHARS_MIN} required value={values.new} error={errorAt(save.error, "/new", t)}
          onChange={(event) => setValues({ ...values, new: event.target.value })}
        />
      </Form>
    </Card>
  );
}
