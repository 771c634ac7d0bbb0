import { createRoute } from "@tanstack/react-router";
import { ResetForm } from "../features/session/reset-form.tsx";
import { rootRoute } from "./root.tsx";
import { tokenSearch } from "./token-search.ts";

export const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/reset",
  validateSearch: tokenSearch,
  component: function Reset() {
    return <ResetForm token={resetRoute.useSearch().token} />;
  },
});
