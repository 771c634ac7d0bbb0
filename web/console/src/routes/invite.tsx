import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "./root.tsx";
import { tokenSearch } from "./token-search.ts";

export const inviteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invite",
  validateSearch: tokenSearch,
  component: lazyRouteComponent(() => import("../features/session/invite-form.tsx"), "InviteForm"),
});
