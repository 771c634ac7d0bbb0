import { answer } from "@tertulia/api-client";
import { useMutation } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { api } from "../../app/api.ts";
import { errorAt, errorBeside } from "../../app/problems.ts";
import { useT } from "../../i18n/use-t.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { AuthCard, FormProblem } from "./auth-card.tsx";
import { PASSWORD_CHARS_MIN } from "./setup-form.tsx";

export function ResetForm() {
  const t = useT();
  const { token } = useSearch({ from: "/reset" });
  const [password, setPassword] = useState("");
  const reset = useMutation({
    mutationFn: () => answer(api.POST("/v1/password-resets/accept", { body: { token, password } })),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    reset.mutate();
  };

  if (reset.isSuccess) {
    return (
      <AuthCard title={t("session.resetDone")} text={t("session.resetDoneText")}>
        <Link to="/sign-in" className="font-medium text-accent underline">{t("session.signIn")}</Link>
      </AuthCard>
    );
  }
  return (
    <AuthCard title={t("session.resetTitle")}>
      <form className="flex flex-col gap-4" onSubmit={submit}>
        <FormProblem text={errorBeside(reset.error, ["/password"], t)} />
        <TextField
          label={t("session.newPassword")} hint={t("session.passwordHint", { count: PASSWORD_CHARS_MIN })} type="password"
          autoComplete="new-password" minLength={PASSWORD_CHARS_MIN} required autoFocus value={password}
          error={errorAt(reset.error, "/password", t)} onChange={(event) => setPassword(event.target.value)}
        />
        <Button type="submit" tone="primary" busy={reset.isPending}>{t("session.resetAction")}</Button>
      </form>
    </AuthCard>
  );
}
