import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, Outlet } from "@tanstack/react-router";
import { Toasts } from "../ui/toast.tsx";
import { TipProvider } from "../ui/tip.tsx";
import { Crash, NotFound } from "./errors.tsx";

export const rootRoute = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: () => (
    <TipProvider>
      <Outlet />
      <Toasts />
    </TipProvider>
  ),
  notFoundComponent: NotFound,
  errorComponent: Crash,
});
