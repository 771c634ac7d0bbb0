import type { Permission } from "@tertulia/api-client";
import { useT } from "../../i18n/use-t.ts";
import { CheckField } from "../../ui/field.tsx";

/** What a program may do; the names are those of the server's permissions. */
const SCOPES = [
  "conversations:read", "conversations:write", "contacts:read", "contacts:write", "contacts:manage", "settings:read", "labels:manage", "teams:manage",
  "users:manage", "inboxes:manage", "inboxes:all", "tokens:manage", "webhooks:manage", "apps:manage", "account:manage", "events:read",
] as const satisfies readonly Permission[];

interface Props {
  legend: string;
  chosen: readonly Permission[];
  error?: string | undefined;
  onChange: (scopes: readonly Permission[]) => void;
}

export function ScopeChecks({ legend, chosen, error, onChange }: Props) {
  const t = useT();
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium text-ink-2">{legend}</legend>
      <div className="max-h-60 overflow-y-auto rounded-md border border-line px-3 py-1.5">
        {SCOPES.map((scope) => (
          <CheckField
            key={scope} label={t(`scope.${scope}`)} hint={<code className="font-mono text-xs">{scope}</code>} checked={chosen.includes(scope)}
            onCheck={(isOn) => onChange(isOn ? [...chosen, scope] : chosen.filter((each) => each !== scope))}
          />
        ))}
      </div>
      {error && <p role="alert" className="mt-1 text-sm text-danger">{error}</p>}
    </fieldset>
  );
}
