import { useSyncExternalStore } from "react";

/** Whether a media query matches now. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = window.matchMedia(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    () => window.matchMedia(query).matches,
  );
}

/** Room for list and thread side by side. */
export const TWO_PANES = "(min-width: 48rem)";
/** Room for the contact panel beside them. */
export const THREE_PANES = "(min-width: 80rem)";
