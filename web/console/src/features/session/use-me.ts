import type { Me } from "@tertulia/api-client";
import { createContext, use } from "react";

export const MeContext = createContext<Me | null>(null);

/** The signed-in user; only inside the signed-in part of the console. */
export function useMe(): Me {
  const me = use(MeContext);
  if (!me) throw new Error("useMe is for the signed-in part of the console");
  return me;
}

export function useIsAdministrator(): boolean {
  return useMe().user.role === "administrator";
}
