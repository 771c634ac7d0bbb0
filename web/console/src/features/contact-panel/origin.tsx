import type { Conversation } from "@tertulia/api-client";
import { safeHref } from "@tertulia/core";
import { useLanguage } from "../../i18n/use-t.ts";
import { Section } from "../../ui/section.tsx";

/** The page on which the visitor began to write. */
export function Origin({ conversation }: { conversation: Conversation }) {
  const { t, locale } = useLanguage();
  const { origin, created_at } = conversation;
  const href = origin?.url ? safeHref(origin.url) : null;
  return (
    <Section title={t("panel.origin")}>
      <dl className="flex flex-col gap-1.5 text-sm">
        {href && (
          <div>
            <dt className="text-ink-3">{t("panel.page")}</dt>
            <dd className="break-words"><a href={href} target="_blank" rel="noopener noreferrer" className="underline">{origin?.title ?? href}</a></dd>
          </div>
        )}
        {origin?.start && (
          <div>
            <dt className="text-ink-3">{t("panel.start")}</dt>
            <dd className="break-all">{origin.start}</dd>
          </div>
        )}
        {origin?.referrer && (
          <div>
            <dt className="text-ink-3">{t("panel.referrer")}</dt>
            <dd className="break-all">{origin.referrer}</dd>
          </div>
        )}
        <div>
          <dt className="text-ink-3">{t("panel.began")}</dt>
          <dd>{new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(created_at))}</dd>
        </div>
      </dl>
    </Section>
  );
}
