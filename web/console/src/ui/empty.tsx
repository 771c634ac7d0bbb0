import type { ReactNode } from "react";

export function Empty({ icon, title, text, children }: { icon?: ReactNode; title: string; text?: string; children?: ReactNode }) {
  return (
    <div className="flex h-full flex-col items-center justify-center gap-2 px-6 py-12 text-center">
      {icon && <span className="mb-1 text-ink-3">{icon}</span>}
      <p className="text-lg font-medium">{title}</p>
      {text && <p className="max-w-sm text-ink-2">{text}</p>}
      {children && <div className="mt-3">{children}</div>}
    </div>
  );
}
