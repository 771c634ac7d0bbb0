import { answer } from "@tertulia/api-client";
import { api } from "../../../app/api.ts";
import { useT } from "../../../i18n/use-t.ts";
import { CopyField } from "../../../ui/copy-field.tsx";
import { Card } from "../../../ui/page.tsx";
import { SecretField } from "../secret-field.tsx";
import type { WidgetInbox } from "./inbox-page.tsx";

const server = `// On your server, for the signed-in customer:
const hash = crypto.createHmac("sha256", process.env.TERTULIA_IDENTITY_SECRET)
  .update(customer.id)
  .digest("hex");`;
const page = `// On the page, with the hash from your server:
tertulia.identify({ id: customer.id, hash, name: customer.name, email: customer.email });`;

/** How a website tells for certain who its visitor is. */
export function IdentityCard({ inbox }: { inbox: WidgetInbox }) {
  const t = useT();
  const params = { path: { id: inbox.id } };
  return (
    <Card title={t("settings.identity.title")} text={t("settings.identity.text")}>
      <div className="flex flex-col gap-4">
        <SecretField
          label={t("settings.identity.secret")}
          reveal={async () => (await answer(api.GET("/v1/inboxes/{id}/secret", { params }))).identity_secret}
          rotate={async () => (await answer(api.POST("/v1/inboxes/{id}/secret/rotate", { params }))).identity_secret}
        />
        <CopyField label={t("settings.identity.server")} text={server} multiline />
        <CopyField label={t("settings.identity.page")} text={page} multiline />
      </div>
    </Card>
  );
}
