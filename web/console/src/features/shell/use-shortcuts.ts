import { useEffect } from "react";

/** `Ctrl-K` goes anywhere, `/` searches, `r` writes: only while nobody types elsewhere. */
export function useShortcuts(openPalette: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        return openPalette();
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const wanted = event.key === "/" ? "search" : event.key === "r" ? "composer" : null;
      const target = wanted && document.querySelector<HTMLElement>(`[data-shortcut=${wanted}]`);
      if (!target) return;
      event.preventDefault();
      target.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [openPalette]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable], [role=menu], [role=dialog]") !== null;
}
