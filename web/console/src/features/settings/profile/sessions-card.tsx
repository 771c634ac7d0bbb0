import { answer } from "@tertulia/api-client";
import { formatAgo } from "@tertulia/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Monitor } from "lucide-react";
import { api } from "../../../app/api.ts";
import { explain } from "../../../app/problems.ts";
import { useNow } from "../../../app/use-now.ts";
import { useLanguage } from "../../../i18n/use-t.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/page.tsx";
import { useAction } from "../use-change.ts";
import { deviceOf } from "./device.ts";

const sessionsQuery = queryOptions({ queryKey: ["sessions"], queryFn: () => answer(api.GET("/v1/sessions")) });

/** Where I am signed in. */
export function SessionsCard() {
  const { t, locale } = useLanguage();
  const now = useNow();
  const { data, error } = useQuery(sessionsQuery);
  const revoke = useAction("sessions", (id: number) => answer(api.DELETE("/v1/sessions/{id}", { params: { path: { id } } })));
  return (
    <Card title={t("settings.sessions.title")} text={t("settings.sessions.text")}>
      {error && <p className="text-danger">{explain(error, t)}</p>}
      <ul className="-my-2 divide-y divide-line">
        {data?.items.map((session) => (
          <li key={session.id} className="flex items-center gap-3 py-2.5">
            <Monitor size={18} className="shrink-0 text-ink-3" />
            <span className="min-w-0 flex-1">
              <span className="block truncate" title={session.user_agent}>{deviceOf(session.user_agent) || t("settings.sessions.unknown")}</span>
              <span className="block text-sm text-ink-3">{session.ip} · {formatAgo(session.last_seen_at, locale, now)}</span>
            </span>
            {session.current ? <Badge tone="accent">{t("settings.sessions.current")}</Badge> : <Button size="small" onClick={() => revoke.mutate(session.id)}>{t("settings.sessions.end")}</Button>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
