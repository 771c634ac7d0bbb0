import type { Role } from "@tertulia/api-client";
import { useT } from "../../../i18n/use-t.ts";
import type { Choice } from "../../../ui/field.tsx";

const ROLES = ["agent", "supervisor", "administrator"] as const satisfies readonly Role[];

export function useRoleChoices(): Choice<Role>[] {
  const t = useT();
  return ROLES.map((value) => ({ value, label: t(`role.${value}`) }));
}
