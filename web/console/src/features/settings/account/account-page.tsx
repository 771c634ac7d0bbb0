import { answer, type Account } from "@tertulia/api-client";
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { errorAt } from "../../../app/problems.ts";
import { LOCALE_NAMES, LOCALES, matchLocale } from "../../../i18n/catalogue.ts";
import { useT } from "../../../i18n/use-t.ts";
import { SelectField, TextField } from "../../../ui/field.tsx";
import { Card, Page } from "../../../ui/page.tsx";
import { CenteredSpinner } from "../../../ui/spinner.tsx";
import { notify } from "../../../ui/toast.tsx";
import { sessionQuery } from "../../session/queries.ts";
import { Form } from "../form.tsx";
import { useChange } from "../use-change.ts";

const accountQuery = queryOptions({ queryKey: ["account"], queryFn: () => answer(api.GET("/v1/account")) });

export function AccountPage() {
  const t = useT();
  const { data } = useQuery(accountQuery);
  return (
    <Page title={t("settings.account.title")} purpose={t("settings.account.purpose")}>
      {data ? <AccountForm account={data} /> : <CenteredSpinner label={t("common.loading")} />}
    </Page>
  );
}

function AccountForm({ account }: { account: Account }) {
  const t = useT();
  const queries = useQueryClient();
  const [values, setValues] = useState({ name: account.name, locale: matchLocale([account.locale]), conversation_policy: account.conversation_policy });
  const save = useChange("account", () => answer(api.PATCH("/v1/account", { body: { ...values, name: values.name.trim() } })));
  const submit = () =>
    save.mutate(undefined, {
      onSuccess: () => {
        notify(t("settings.saved"));
        void queries.invalidateQueries(sessionQuery);
      },
    });
  return (
    <Card>
      <Form onSubmit={submit} submitLabel={t("settings.save")} isBusy={save.isPending} error={save.error} pointers={["/name", "/locale", "/conversation_policy"]}>
        <TextField label={t("session.accountName")} value={values.name} required error={errorAt(save.error, "/name", t)} onChange={(event) => setValues({ ...values, name: event.target.value })} />
        <SelectField
          label={t("settings.account.locale")} hint={t("settings.account.localeHint")} value={values.locale}
          choices={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))} onChoose={(locale) => setValues({ ...values, locale })}
        />
        <SelectField
          label={t("settings.account.policy")} hint={t("settings.account.policyHint")} value={values.conversation_policy}
          choices={[{ value: "contact", label: t("settings.account.perContact") }, { value: "contact_inbox", label: t("settings.account.perInbox") }]}
          onChoose={(conversation_policy) => setValues({ ...values, conversation_policy })}
        />
      </Form>
    </Card>
  );
}
