import { ApiError, answer } from "@tertulia/api-client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useEffect, useState, type FormEvent } from "react";
import { api } from "../../app/api.ts";
import { errorAt, errorBeside } from "../../app/problems.ts";
import { useT } from "../../i18n/use-t.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { AuthCard, FormProblem } from "./auth-card.tsx";
import { providerProblem } from "./provider-problem.ts";
import { oidcQuery } from "./queries.ts";
import { useSignedIn } from "./use-signed-in.ts";

export function SignInForm() {
  const t = useT();
  const { next, problem: refusal } = useSearch({ from: "/sign-in" });
  const signedIn = useSignedIn();
  const [credentials, setCredentials] = useState({ email: "", password: "", code: "" });
  const [needsCode, setNeedsCode] = useState(false);
  const signIn = useMutation({
    mutationFn: () => {
      const { email, password, code } = credentials;
      return answer(api.POST("/v1/session", { body: { email, password, ...(needsCode ? { code: code.trim() } : {}) } }));
    },
    onSuccess: (me) => signedIn(me, next),
    onError: (error) => {
      if (error instanceof ApiError && error.code === "totp_required") setNeedsCode(true);
    },
  });
  const code = signIn.error instanceof ApiError ? signIn.error.code : null;
  // The password was right, or no code would have been asked for.
  const isCodeWrong = needsCode && code === "credentials_invalid";
  const problem = code === "totp_required" || isCodeWrong ? null : signIn.error;
  const set = (part: Partial<typeof credentials>) => setCredentials((current) => ({ ...current, ...part }));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };

  return (
    <AuthCard title={needsCode ? t("session.codeTitle") : t("session.signInTitle")} text={needsCode ? t("session.codeText") : t("session.signInText")}>
      <form className="flex flex-col gap-4" onSubmit={submit}>
        <FormProblem text={errorBeside(problem, ["/email", "/password", "/code"], t) ?? (refusal && signIn.isIdle ? t(providerProblem(refusal)) : undefined)} />
        {needsCode ? (
          <CodeField value={credentials.code} error={isCodeWrong ? t("session.codeWrong") : errorAt(problem, "/code", t)} onChange={(typed) => set({ code: typed })} />
        ) : (
          <>
            <TextField
              label={t("session.email")} type="email" autoComplete="username" required autoFocus
              value={credentials.email} error={errorAt(problem, "/email", t)} onChange={(event) => set({ email: event.target.value })}
            />
            <TextField
              label={t("session.password")} type="password" autoComplete="current-password" required
              value={credentials.password} error={errorAt(problem, "/password", t)} onChange={(event) => set({ password: event.target.value })}
            />
          </>
        )}
        <Button type="submit" tone="primary" busy={signIn.isPending} className="mt-1">
          {t("session.signIn")}
        </Button>
        {needsCode ? (
          <Button tone="ghost" onClick={() => { setNeedsCode(false); signIn.reset(); }}>{t("common.back")}</Button>
        ) : (
          <Providers />
        )}
      </form>
    </AuthCard>
  );
}

function CodeField({ value, error, onChange }: { value: string; error: string | undefined; onChange: (code: string) => void }) {
  const t = useT();
  const [element, setElement] = useState<HTMLInputElement | null>(null);
  useEffect(() => element?.focus(), [element]);
  return (
    <TextField
      ref={setElement}
      label={t("session.code")} hint={t("session.codeHint")} inputMode="text" autoComplete="one-time-code" required
      className="font-mono tracking-widest" value={value} error={error} onChange={(event) => onChange(event.target.value)}
    />
  );
}

function Providers() {
  const t = useT();
  const { data } = useQuery(oidcQuery);
  if (!data || data.providers.length === 0) return null;
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-4">
      {data.providers.map((provider) => (
        <a
          key={provider.id}
          href={`/v1/oidc/${encodeURIComponent(provider.id)}/start`}
          className="flex h-9 items-center justify-center rounded-md border border-line-strong hover:bg-hover"
        >
          {t("session.continueWith", { provider: provider.name })}
        </a>
      ))}
    </div>
  );
}
