import { useT } from "../../../i18n/use-t.ts";
import { CopyField } from "../../../ui/copy-field.tsx";
import { Card } from "../../../ui/page.tsx";

export function snippetOf(origin: string, key: string): string {
  return `<script src="${origin}/widget/loader.js" data-key="${key}" async></script>`;
}

/** What is pasted into a website to have the chat there. */
export function WidgetSnippet({ widgetKey }: { widgetKey: string }) {
  const t = useT();
  return (
    <Card title={t("settings.widget.install")} text={t("settings.widget.installText")}>
      <CopyField label={t("settings.widget.snippet")} text={snippetOf(window.location.origin, widgetKey)} />
    </Card>
  );
}
