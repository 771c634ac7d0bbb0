import type { App } from "@tertulia/api-client";
import { useLanguage } from "../../../i18n/use-t.ts";
import { Badge } from "../../../ui/badge.tsx";
import { healthOf } from "./health.ts";

export function AppHealth({ app }: { app: App }) {
  const { t, locale } = useLanguage();
  const health = healthOf(app);
  switch (health.kind) {
    case "off":
      return <Badge>{t("settings.apps.off")}</Badge>;
    case "quiet":
      return <Badge>{t("settings.apps.quiet")}</Badge>;
    case "given_up":
      return <Badge tone="danger">{t("settings.apps.givenUp")}</Badge>;
    case "failing": {
      const since = new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "short" }).format(new Date(health.since));
      return <Badge tone="danger">{t("settings.apps.failing", { since })}</Badge>;
    }
    case "working":
      return <Badge tone="ok">{t("settings.apps.working")}</Badge>;
  }
}
