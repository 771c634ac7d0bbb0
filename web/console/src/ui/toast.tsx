/** Short messages that appear at the bottom and go by themselves; failures stay until they are closed. */
import { X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { useT } from "../i18n/use-t.ts";
import { cx } from "./classes.ts";

interface Toast {
  id: number;
  text: string;
  tone: "plain" | "danger";
  action?: { label: string; run: () => void };
}

const VISIBLE_MS = 5_000;
let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function close(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

export function notify(text: string, options: { tone?: Toast["tone"]; action?: Toast["action"] } = {}): void {
  const toast: Toast = { id: ++lastId, text, tone: options.tone ?? "plain", ...(options.action ? { action: options.action } : {}) };
  set([...toasts.slice(-2), toast]);
  if (toast.tone === "plain") setTimeout(() => close(toast.id), VISIBLE_MS);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toasts() {
  const t = useT();
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className="pointer-events-none fixed inset-x-0 bottom-4 z-50 flex flex-col items-center gap-2 px-4" role="status" aria-live="polite">
      {shown.map((toast) => (
        <div
          key={toast.id}
          className={cx(
            "appear pointer-events-auto flex max-w-md items-center gap-3 rounded-lg border py-2 pr-2 pl-3.5 shadow-2",
            toast.tone === "danger" ? "border-danger bg-danger-soft text-danger" : "border-line bg-ink text-canvas",
          )}
        >
          <span className="min-w-0">{toast.text}</span>
          {toast.action && (
            <button type="button" className="rounded-sm px-1.5 py-0.5 font-semibold underline" onClick={() => { toast.action?.run(); close(toast.id); }}>
              {toast.action.label}
            </button>
          )}
          <button type="button" aria-label={t("common.close")} className="rounded-sm p-1 opacity-70 hover:opacity-100" onClick={() => close(toast.id)}>
            <X size={15} />
          </button>
        </div>
      ))}
    </div>
  );
}
