import { createContext, use } from "react";

export interface NavDrawer {
  isOpen: boolean;
  open: () => void;
  close: () => void;
}

export const NavDrawerContext = createContext<NavDrawer>({ isOpen: false, open: () => undefined, close: () => undefined });

/** The navigation on narrow screens, where it is not always there. */
export function useNavDrawer(): NavDrawer {
  return use(NavDrawerContext);
}
