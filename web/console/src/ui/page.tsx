import type { ReactNode } from "react";

interface Props {
  title: string;
  /** One sentence that says what the page is for. */
  purpose: string;
  action?: ReactNode;
  wide?: boolean;
  /** A way back to the list that this page belongs to. */
  back?: ReactNode;
  children: ReactNode;
}

export function Page({ title, purpose, action, wide, back, children }: Props) {
  return (
    <div className={wide ? "mx-auto w-full max-w-6xl px-5 py-6 sm:px-8" : "mx-auto w-full max-w-3xl px-5 py-6 sm:px-8"}>
      {back}
      <header className="mb-6 flex flex-wrap items-start gap-3">
        <div className="min-w-0 flex-1">
          <h1 className="text-xl font-semibold">{title}</h1>
          <p className="mt-1 text-ink-2">{purpose}</p>
        </div>
        {action}
      </header>
      <div className="flex flex-col gap-5">{children}</div>
    </div>
  );
}

export function Card({ title, text, action, children }: { title?: string; text?: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className="rounded-xl border border-line bg-surface p-5">
      {title && (
        <div className="mb-4 flex items-start gap-3">
          <div className="min-w-0 flex-1">
            <h2 className="font-semibold">{title}</h2>
            {text && <p className="mt-0.5 text-sm text-ink-2">{text}</p>}
          </div>
          {action}
        </div>
      )}
      {children}
    </section>
  );
}

/** A list of things in a card, one row each. */
export function Rows({ label, empty, children }: { label: string; empty: string; children: ReactNode[] }) {
  if (children.length === 0) {
    return <p className="rounded-xl border border-dashed border-line-strong px-5 py-8 text-center text-ink-2">{empty}</p>;
  }
  return (
    <ul aria-label={label} className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface">
      {children}
    </ul>
  );
}

export function Row({ children }: { children: ReactNode }) {
  return <li className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">{children}</li>;
}
