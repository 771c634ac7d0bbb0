import { createRoute } from "@tanstack/react-router";
import { InviteForm } from "../features/session/invite-form.tsx";
import { rootRoute } from "./root.tsx";
import { tokenSearch } from "./token-search.ts";

export const inviteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invite",
  validateSearch: tokenSearch,
  component: function Invite() {
    return <InviteForm token={inviteRoute.useSearch().token} />;
  },
});
