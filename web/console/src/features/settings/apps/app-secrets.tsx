import { answer, type App } from "@tertulia/api-client";
import type { ReactNode } from "react";
import { api } from "../../../app/api.ts";
import { useT } from "../../../i18n/use-t.ts";
import { Card } from "../../../ui/page.tsx";
import { SecretField } from "../secret-field.tsx";

/** What the app speaks with, and what signs what it is told. */
export function AppSecrets({ app }: { app: App }) {
  const t = useT();
  const params = { path: { id: app.id } };
  const secrets = () => answer(api.GET("/v1/apps/{id}/secrets", { params }));
  return (
    <Card title={t("settings.apps.secrets")}>
      <div className="flex flex-col gap-5">
        <Secret title={t("settings.apps.token")} text={t("settings.apps.tokenText")}>
          <SecretField
            label={t("settings.apps.token")} rotateText={t("settings.apps.tokenRotate")} reveal={async () => (await secrets()).token}
            rotate={async () => (await answer(api.POST("/v1/apps/{id}/rotate_token", { params }))).token ?? ""}
          />
        </Secret>
        {app.endpoint && (
          <Secret title={t("settings.webhooks.secret")} text={t(`contract.${app.contract}.signed`)}>
            <SecretField
              label={t("settings.webhooks.secret")} rotateText={t(`contract.${app.contract}.rotated`)} reveal={async () => (await secrets()).secret ?? ""}
              rotate={async () => (await answer(api.POST("/v1/apps/{id}/rotate_secret", { params }))).secret ?? ""}
            />
          </Secret>
        )}
      </div>
    </Card>
  );
}

function Secret({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <div>
      <h3 className="text-sm font-medium">{title}</h3>
      <p className="mt-0.5 mb-2 text-sm text-ink-2">{text}</p>
      {children}
    </div>
  );
}
