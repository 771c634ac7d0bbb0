import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "./root.tsx";
import { tokenSearch } from "./token-search.ts";

export const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/reset",
  validateSearch: tokenSearch,
  component: lazyRouteComponent(() => import("../features/session/reset-form.tsx"), "ResetForm"),
});
