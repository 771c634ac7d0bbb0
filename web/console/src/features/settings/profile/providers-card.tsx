import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { Link2 } from "lucide-react";
import { useT } from "../../../i18n/use-t.ts";
import { Card } from "../../../ui/page.tsx";
import { FormProblem } from "../../session/auth-card.tsx";
import { providerProblem } from "../../session/provider-problem.ts";
import { oidcQuery } from "../../session/queries.ts";

/** Providers that one can sign in with, once they know who one is here. */
export function ProvidersCard() {
  const t = useT();
  const { problem } = useSearch({ from: "/app/settings/profile" });
  const { data } = useQuery(oidcQuery);
  if (!data || data.providers.length === 0) return null;
  return (
    <Card title={t("settings.providers.title")} text={t("settings.providers.text")}>
      <div className="flex flex-col items-start gap-3">
        <FormProblem text={problem && t(providerProblem(problem))} />
        {data.providers.map(({ id, name }) => (
          <a key={id} href={`/v1/oidc/${encodeURIComponent(id)}/start`} className="flex h-9 items-center gap-2 rounded-md border border-line-strong px-3.5 hover:bg-hover">
            <Link2 size={15} />
            {t("settings.providers.connect", { provider: name })}
          </a>
        ))}
      </div>
    </Card>
  );
}
