import { answer, type ApiToken } from "@tertulia/api-client";
import { formatAgo } from "@tertulia/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { KeyRound, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { useNow } from "../../../app/use-now.ts";
import { useLanguage } from "../../../i18n/use-t.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Confirm } from "../../../ui/confirm.tsx";
import { Page, Row, Rows } from "../../../ui/page.tsx";
import { useAction } from "../use-change.ts";
import { TokenDialog } from "./token-dialog.tsx";

const tokensQuery = queryOptions({ queryKey: ["tokens"], queryFn: () => answer(api.GET("/v1/tokens", { params: { query: { limit: 100 } } })) });

export function TokensPage() {
  const { t, locale } = useLanguage();
  const now = useNow();
  const { data } = useQuery(tokensQuery);
  const [isCreating, setCreating] = useState(false);
  const [removed, setRemoved] = useState<ApiToken | null>(null);
  const remove = useAction("tokens", (id: number) => answer(api.DELETE("/v1/tokens/{id}", { params: { path: { id } } })));
  const create = <Button tone="primary" icon={<Plus size={16} />} onClick={() => setCreating(true)}>{t("settings.tokens.create")}</Button>;
  return (
    <Page title={t("settings.tokens.title")} purpose={t("settings.tokens.purpose")} action={create}>
      <Rows label={t("settings.tokens.title")} empty={t("settings.tokens.empty")}>
        {(data?.items ?? []).map((token) => (
          <Row key={token.id}>
            <KeyRound size={18} className="text-ink-3" />
            <span className="min-w-40 flex-1">
              <span className="block font-medium">{token.name}</span>
              <span className="block text-sm text-ink-3">
                {token.last_used_at ? t("settings.tokens.used", { ago: formatAgo(token.last_used_at, locale, now) }) : t("settings.tokens.neverUsed")}
                {token.expires_at && ` · ${t("settings.users.expires", { date: new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(new Date(token.expires_at)) })}`}
              </span>
              <span className="mt-1 flex flex-wrap gap-1">{token.scopes.map((scope) => <Badge key={scope}>{scope}</Badge>)}</span>
            </span>
            <IconButton label={t("settings.delete", { name: token.name })} onClick={() => setRemoved(token)}><Trash2 size={16} /></IconButton>
          </Row>
        ))}
      </Rows>
      {isCreating && <TokenDialog onClose={() => setCreating(false)} />}
      <Confirm
        open={removed !== null} onClose={() => setRemoved(null)} title={t("settings.delete", { name: removed?.name ?? "" })} text={t("settings.tokens.deleteText")}
        confirmLabel={t("message.delete")} busy={remove.isPending} onConfirm={() => removed && remove.mutate(removed.id, { onSettled: () => setRemoved(null) })}
      />
    </Page>
  );
}
