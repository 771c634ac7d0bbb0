import { createRoute } from "@tanstack/react-router";
import { SetupForm } from "../features/session/setup-form.tsx";
import { rootRoute } from "./root.tsx";
import { tokenSearch } from "./token-search.ts";

export const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/setup",
  validateSearch: tokenSearch,
  component: function Setup() {
    return <SetupForm token={setupRoute.useSearch().token} />;
  },
});
