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
}

/** A secret that is fetched only when somebody asks to see it. */
export function SecretField({ label, reveal, rotate }: Props) {
  const t = useT();
  const [secret, setSecret] = useState<string | null>(null);
  const [asks, setAsks] = useState(false);
  const show = (call: () => Promise<string>) => void call().then(setSecret, notifyFailure(t)).finally(() => setAsks(false));
  return (
    <div className="flex flex-col gap-3">
      {secret !== null && <CopyField label={label} text={secret} />}
      <div className="flex gap-2">
        {secret === null && <Button icon={<Eye size={15} />} onClick={() => show(reveal)}>{t("settings.secret.show")}</Button>}
        {rotate && <Button tone="ghost" icon={<RefreshCw size={15} />} onClick={() => setAsks(true)}>{t("settings.secret.rotate")}</Button>}
      </div>
      {rotate && (
        <Confirm open={asks} onClose={() => setAsks(false)} title={t("settings.secret.rotateTitle")} text={t("settings.secret.rotateText")} confirmLabel={t("settings.secret.rotate")} onConfirm={() => show(rotate)} />
      )}
    </div>
  );
}
