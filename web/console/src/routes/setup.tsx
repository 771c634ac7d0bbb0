import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "./root.tsx";
import { tokenSearch } from "./token-search.ts";

export const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/setup",
  validateSearch: tokenSearch,
  component: lazyRouteComponent(() => import("../features/session/setup-form.tsx"), "SetupForm"),
});
