import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { useT } from "../i18n/use-t.ts";
import { IconButton } from "./button.tsx";
import { cx } from "./classes.ts";

interface Props {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: string;
  wide?: boolean;
  children: ReactNode;
}

/** A modal dialog; Escape, the backdrop and the cross close it. */
export function Dialog({ open, onClose, title, description, wide, children }: Props) {
  const t = useT();
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fade-in fixed inset-0 z-40 bg-[rgb(20_18_14/45%)]" />
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cx(
            "appear fixed top-1/2 left-1/2 z-40 flex max-h-[90dvh] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 flex-col rounded-xl border border-line bg-raised shadow-2 focus:outline-none",
            wide ? "max-w-2xl" : "max-w-md",
          )}
        >
          <header className="px-5 pt-4 pr-14 pb-2">
            <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
            {description && <Radix.Description className="mt-1 text-ink-2">{description}</Radix.Description>}
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">{children}</div>
          {/* Last in the document, so that a dialog begins with its first field and not with the way out. */}
          <Radix.Close asChild>
            <IconButton label={t("common.close")} className="absolute top-3 right-3">
              <X size={18} />
            </IconButton>
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-5 flex flex-wrap justify-end gap-2">{children}</div>;
}
