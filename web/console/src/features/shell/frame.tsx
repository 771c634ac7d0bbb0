import { Outlet } from "@tanstack/react-router";
import { Dialog } from "radix-ui";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { useT } from "../../i18n/use-t.ts";
import { useAttention } from "./attention.ts";
import { Nav } from "./nav.tsx";
import { NavDrawerContext } from "./nav-drawer.ts";
import { useShortcuts } from "./use-shortcuts.ts";
import { OfflineBanner } from "./offline-banner.tsx";

const CommandPalette = lazy(() => import("./command-palette.tsx").then(({ CommandPalette: component }) => ({ default: component })));

/** The signed-in frame: navigation beside the page, or in a drawer where it is narrow. */
export function Frame() {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  const drawer = useMemo(() => ({ isOpen, open: () => setOpen(true), close: () => setOpen(false) }), [isOpen]);
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  useAttention();
  useShortcuts(useCallback(() => setPaletteOpen(true), []));
  return (
    <NavDrawerContext value={drawer}>
      <div className="flex h-full flex-col">
        <OfflineBanner />
        <div className="flex min-h-0 flex-1">
          <div className="hidden border-r border-line lg:block">
            <Nav />
          </div>
          <div className="min-w-0 flex-1">
            <Outlet />
          </div>
        </div>
      </div>
      {isPaletteOpen && (
        <Suspense fallback={null}>
          <CommandPalette onClose={() => setPaletteOpen(false)} />
        </Suspense>
      )}
      <Dialog.Root open={isOpen} onOpenChange={setOpen}>
        <Dialog.Portal>
          <Dialog.Overlay className="fade-in fixed inset-0 z-30 bg-[rgb(20_18_14/45%)] lg:hidden" />
          <Dialog.Content aria-describedby={undefined} className="fixed inset-y-0 left-0 z-30 shadow-2 focus:outline-none lg:hidden">
            <Dialog.Title className="sr-only">{t("nav.label")}</Dialog.Title>
            <Nav />
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </NavDrawerContext>
  );
}
