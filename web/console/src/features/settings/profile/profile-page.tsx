import { answer } from "@tertulia/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { errorAt } from "../../../app/problems.ts";
import { applyTheme, storedTheme, THEMES } from "../../../app/theme.ts";
import { LOCALE_NAMES, LOCALES, matchLocale } from "../../../i18n/catalogue.ts";
import { useLanguage } from "../../../i18n/use-t.ts";
import { chooseNotifications, notificationChoice } from "../../../live/notifications.ts";
import { CheckField, SelectField, TextField } from "../../../ui/field.tsx";
import { Card, Page } from "../../../ui/page.tsx";
import { notify } from "../../../ui/toast.tsx";
import { storedSendKey, storeSendKey } from "../../composer/send-key.ts";
import { sessionQuery } from "../../session/queries.ts";
import { useMe } from "../../session/use-me.ts";
import { Form } from "../form.tsx";
import { useChange } from "../use-change.ts";
import { PasswordCard } from "./password-card.tsx";
import { ProvidersCard } from "./providers-card.tsx";
import { SessionsCard } from "./sessions-card.tsx";
import { TotpCard } from "./totp-card.tsx";

export function ProfilePage() {
  const { t } = useLanguage();
  return (
    <Page title={t("settings.profile.title")} purpose={t("settings.profile.purpose")}>
      <PersonCard />
      <ScreenCard />
      <PasswordCard />
      <TotpCard />
      <ProvidersCard />
      <SessionsCard />
    </Page>
  );
}

function PersonCard() {
  const { t, setLocale } = useLanguage();
  const { user } = useMe();
  const queries = useQueryClient();
  const [name, setName] = useState(user.name);
  const [locale, setChosen] = useState(matchLocale([user.locale]));
  const save = useChange("users", () => answer(api.PATCH("/v1/profile", { body: { name: name.trim(), locale } })));
  const submit = () =>
    save.mutate(undefined, {
      onSuccess: () => {
        setLocale(locale);
        notify(t("settings.saved"));
        void queries.invalidateQueries(sessionQuery);
      },
    });
  return (
    <Card>
      <Form onSubmit={submit} submitLabel={t("settings.save")} isBusy={save.isPending} error={save.error} pointers={["/name", "/locale"]}>
        <TextField label={t("session.yourName")} hint={t("settings.profile.nameHint")} value={name} required error={errorAt(save.error, "/name", t)} onChange={(event) => setName(event.target.value)} />
        <SelectField label={t("common.language")} value={locale} onChoose={setChosen} choices={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))} />
      </Form>
    </Card>
  );
}

/** What is kept in this browser only. */
function ScreenCard() {
  const { t } = useLanguage();
  const [theme, setTheme] = useState(storedTheme);
  const [sendKey, setSendKey] = useState(storedSendKey);
  const [notifications, setNotifications] = useState(notificationChoice);
  const choose = (part: Partial<typeof notifications>) => void chooseNotifications({ ...notifications, ...part }).then(setNotifications);
  return (
    <Card title={t("settings.profile.browser")} text={t("settings.profile.browserText")}>
      <div className="flex flex-col gap-4">
        <SelectField
          label={t("theme.label")} value={theme} choices={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
          onChoose={(next) => { applyTheme(next); setTheme(next); }}
        />
        <SelectField
          label={t("settings.profile.sendKey")} value={sendKey} onChoose={(next) => { storeSendKey(next); setSendKey(next); }}
          choices={[{ value: "enter", label: t("settings.profile.sendEnter") }, { value: "ctrl-enter", label: t("settings.profile.sendCtrlEnter") }]}
        />
        <div>
          <CheckField label={t("settings.profile.desktop")} checked={notifications.desktop} onCheck={(desktop) => choose({ desktop })} />
          <CheckField label={t("settings.profile.sound")} checked={notifications.sound} onCheck={(sound) => choose({ sound })} />
        </div>
      </div>
    </Card>
  );
}
