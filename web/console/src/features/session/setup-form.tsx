import { answer } from "@tertulia/api-client";
import { useMutation } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { api } from "../../app/api.ts";
import { errorAt, errorBeside } from "../../app/problems.ts";
import { useLanguage } from "../../i18n/use-t.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { AuthCard, FormProblem } from "./auth-card.tsx";
import { useSignedIn } from "./use-signed-in.ts";

export const PASSWORD_CHARS_MIN = 10;

/** The first administrator and the account, on a server that has none yet. */
export function SetupForm() {
  const { t, locale } = useLanguage();
  const { token } = useSearch({ from: "/setup" });
  const signedIn = useSignedIn();
  const [values, setValues] = useState({ account_name: "", name: "", email: "", password: "" });
  const setUp = useMutation({
    mutationFn: () => answer(api.POST("/v1/setup", { body: { ...values, token, locale } })),
    onSuccess: (me) => signedIn(me),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setUp.mutate();
  };
  const field = (name: keyof typeof values) => ({
    value: values[name],
    error: errorAt(setUp.error, `/${name}`, t),
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
    required: true,
  });

  return (
    <AuthCard title={t("session.setupTitle")} text={t("session.setupText")}>
      <form className="flex flex-col gap-4" onSubmit={submit}>
        <FormProblem text={errorBeside(setUp.error, Object.keys(values).map((key) => `/${key}`), t)} />
        <TextField label={t("session.accountName")} hint={t("session.accountNameHint")} autoFocus {...field("account_name")} />
        <TextField label={t("session.yourName")} autoComplete="name" {...field("name")} />
        <TextField label={t("session.email")} type="email" autoComplete="username" {...field("email")} />
        <TextField
          label={t("session.password")} hint={t("session.passwordHint", { count: PASSWORD_CHARS_MIN })}
          type="password" autoComplete="new-password" minLength={PASSWORD_CHARS_MIN} {...field("password")}
        />
        <Button type="submit" tone="primary" busy={setUp.isPending} className="mt-1">
          {t("session.setupAction")}
        </Button>
      </form>
    </AuthCard>
  );
}
