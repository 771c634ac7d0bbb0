import type { App } from "@tertulia/api-client";
import { useT } from "../../../i18n/use-t.ts";
import { CopyField } from "../../../ui/copy-field.tsx";
import { Card } from "../../../ui/page.tsx";
import { useMe } from "../../session/use-me.ts";

/** What is put into the program that stands behind the app. */
export function AppConnection({ app }: { app: App }) {
  const t = useT();
  const { account } = useMe();
  const { origin } = window.location;
  if (app.contract === "tertulia") {
    return (
      <Card title={t("settings.apps.connect")} text={t("contract.tertulia.connect")}>
        <div className="flex flex-col gap-4">
          <CopyField label={t("settings.apps.baseUrl")} text={`${origin}/v1`} />
          <CopyField label={t("settings.apps.answerExample")} text={curlOf(`${origin}/v1/conversations/CONVERSATION_ID/messages`, "Authorization: Bearer TOKEN", { content: { type: "text", text: "Hello" } })} multiline />
        </div>
      </Card>
    );
  }
  return (
    <Card title={t("settings.apps.connectChatwoot")} text={t("contract.chatwoot.connect")}>
      <div className="flex flex-col gap-4">
        <CopyField label={t("settings.apps.baseUrl")} text={origin} />
        <CopyField label={t("settings.apps.accountId")} text={String(account.id)} />
        <CopyField label={t("settings.apps.answerExample")} text={curlOf(`${origin}/api/v1/accounts/${account.id}/conversations/CONVERSATION_ID/messages`, "api_access_token: TOKEN", { content: "Hello" })} multiline />
      </div>
    </Card>
  );
}

function curlOf(url: string, credential: string, body: object): string {
  return `curl -X POST ${url} \\
  -H "${credential}" -H "Content-Type: application/json" \\
  -d '${JSON.stringify(body)}'`;
}
