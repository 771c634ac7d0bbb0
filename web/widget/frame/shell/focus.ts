/** Keyboard focus stays in the chat while it is open; Escape is the way out. */

const FOCUSABLE = "a[href], button:not(:disabled), input:not(:disabled), select, textarea:not(:disabled), audio, video";

export function keepFocusInside(root: HTMLElement, event: KeyboardEvent): void {
  if (event.key !== "Tab") return;
  const stops = [...root.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (element) => element.tabIndex >= 0 && element.getClientRects().length > 0,
  );
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  const leaves = document.activeElement === edge || (event.shiftKey && document.activeElement === root);
  if (!leaves) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}

/** Arrow keys, Home and End among equal elements in a grid of `columns`; answers whether the key was used. */
export function moveFocus(elements: readonly HTMLElement[], columns: number, event: KeyboardEvent): boolean {
  const current = elements.indexOf(document.activeElement as HTMLElement);
  const forward = getComputedStyle(document.documentElement).direction === "rtl" ? -1 : 1;
  const steps: Record<string, number> = {
    ArrowRight: current + forward,
    ArrowLeft: current - forward,
    ArrowDown: current + columns,
    ArrowUp: current - columns,
    Home: 0,
    End: elements.length - 1,
  };
  const next = steps[event.key];
  if (next === undefined) return false;
  event.preventDefault();
  elements[Math.max(0, Math.min(elements.length - 1, next))]?.focus();
  return true;
}
