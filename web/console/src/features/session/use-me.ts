import type { Me, Permission } from "@tertulia/api-client";
import { createContext, use } from "react";

export const MeContext = createContext<Me | null>(null);

/** The signed-in user; only inside the signed-in part of the console. */
export function useMe(): Me {
  const me = use(MeContext);
  if (!me) throw new Error("useMe is for the signed-in part of the console");
  return me;
}

/** What the console hides from those who may not do it; the server decides in any case. */
export function useCan(permission: Permission): boolean {
  return useMe().permissions.includes(permission);
}
