import { answer } from "@tertulia/api-client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { api } from "../../app/api.ts";
import { errorAt, errorBeside } from "../../app/problems.ts";
import { useT } from "../../i18n/use-t.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { CenteredSpinner } from "../../ui/spinner.tsx";
import { AuthCard, FormProblem } from "./auth-card.tsx";
import { invitationQuery } from "./queries.ts";
import { PASSWORD_CHARS_MIN } from "./setup-form.tsx";
import { useSignedIn } from "./use-signed-in.ts";

/** A colleague who was invited chooses a name and a password. */
export function InviteForm() {
  const t = useT();
  const { token } = useSearch({ from: "/invite" });
  const signedIn = useSignedIn();
  const invitation = useQuery(invitationQuery(token));
  const [values, setValues] = useState({ name: "", password: "" });
  const accept = useMutation({
    mutationFn: () => answer(api.POST("/v1/invitations/accept", { body: { token, ...values } })),
    onSuccess: (me) => signedIn(me),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    accept.mutate();
  };

  if (invitation.isPending) return <CenteredSpinner label={t("common.loading")} />;
  if (invitation.isError) return <AuthCard title={t("session.inviteGone")} text={t("session.inviteGoneText")}>{null}</AuthCard>;
  return (
    <AuthCard title={t("session.inviteTitle")} text={t("session.inviteText", { email: invitation.data.email })}>
      <form className="flex flex-col gap-4" onSubmit={submit}>
        <FormProblem text={errorBeside(accept.error, ["/name", "/password"], t)} />
        <TextField
          label={t("session.yourName")} autoComplete="name" required autoFocus value={values.name}
          error={errorAt(accept.error, "/name", t)} onChange={(event) => setValues({ ...values, name: event.target.value })}
        />
        <TextField
          label={t("session.password")} hint={t("session.passwordHint", { count: PASSWORD_CHARS_MIN })} type="password"
          autoComplete="new-password" minLength={PASSWORD_CHARS_MIN} required value={values.password}
          error={errorAt(accept.error, "/password", t)} onChange={(event) => setValues({ ...values, password: event.target.value })}
        />
        <Button type="submit" tone="primary" busy={accept.isPending}>{t("session.inviteAction")}</Button>
      </form>
    </AuthCard>
  );
}
