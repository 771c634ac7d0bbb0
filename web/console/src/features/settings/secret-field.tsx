import { Eye, RefreshCw } from "lucide-react";
import { useState } from "react";
import { notifyFailure } from "../../app/problems.ts";
import { useT } from "../../i18n/use-t.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { CopyField } from "../../ui/copy-field.tsx";

interface Props {
  label: string;
  reveal: () => Promise<string>;
  rotate?: () => Promise<string>;
  /** What becomes of the old one, where that is not what usually does. */
  rotateText?: string;
}

/** A secret that is fetched only when somebody asks to see it. */
export function SecretField({ label, reveal, rotate, rotateText }: Props) {
  const t = useT();
  const [secret, setSecret] = useState<string | null>(null);
  const [asks, setAsks] = useState(false);
  const show = (call: () => Promise<string>) => void call().then(setSecret, notifyFailure(t)).finally(() => setAsks(false));
  return (
    <div className="flex flex-col gap-3">
      {secret !== null && <CopyField label={label} text={secret} />}
      <div className="flex flex-wrap gap-2">
        {secret === null && <Button icon={<Eye size={15} />} aria-label={`${t("settings.secret.show")}: ${label}`} onClick={() => show(reveal)}>{t("settings.secret.show")}</Button>}
        {rotate && <Button tone="ghost" icon={<RefreshCw size={15} />} aria-label={`${t("settings.secret.rotate")}: ${label}`} onClick={() => setAsks(true)}>{t("settings.secret.rotate")}</Button>}
      </div>
      {rotate && (
        <Confirm open={asks} onClose={() => setAsks(false)} title={t("settings.secret.rotateTitle")} text={rotateText ?? t("settings.secret.rotateText")} confirmLabel={t("settings.secret.rotate")} onConfirm={() => show(rotate)} />
      )}
    </div>
  );
}
