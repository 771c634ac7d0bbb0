import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { useT } from "../../i18n/use-t.ts";
import { IconButton } from "../../ui/button.tsx";

/** The panel is read before it is edited: no field takes the focus, and on a telephone no keyboard comes up. */
function focusItself(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}

/** The contact panel over the thread, where there is no room beside it. */
export function PanelDrawer({ isOpen, onClose, children }: { isOpen: boolean; onClose: () => void; children: ReactNode }) {
  const t = useT();
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fade-in fixed inset-0 z-30 bg-[rgb(20_18_14/45%)]" />
        <Dialog.Content aria-describedby={undefined} onOpenAutoFocus={focusItself} className="slide-in fixed inset-y-0 right-0 z-30 w-[min(22rem,100vw)] border-l border-line bg-surface shadow-2 focus:outline-none">
          <Dialog.Title className="sr-only">{t("panel.label")}</Dialog.Title>
          {children}
          {/* Last, for the same reason as in a dialog. */}
          <Dialog.Close asChild>
            <IconButton label={t("common.close")} className="absolute top-3 right-3 z-10"><X size={18} /></IconButton>
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
