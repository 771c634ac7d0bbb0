import { useT } from "../../i18n/use-t.ts";
import { CheckField } from "../../ui/field.tsx";
import { useUsers } from "../directory/queries.ts";

/** Who belongs to a team or may see an inbox. */
export function MemberChecks({ chosen, onChange }: { chosen: readonly number[]; onChange: (ids: number[]) => void }) {
  const t = useT();
  const users = useUsers().filter(({ active }) => active);
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium text-ink-2">{t("settings.members")}</legend>
      <div className="max-h-56 overflow-y-auto rounded-md border border-line px-3 py-1.5">
        {users.map(({ id, name, role }) => (
          <CheckField
            key={id} label={name} hint={t(`role.${role}`)} checked={chosen.includes(id)}
            onCheck={(isOn) => onChange(isOn ? [...chosen, id] : chosen.filter((each) => each !== id))}
          />
        ))}
      </div>
    </fieldset>
  );
}
