import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { sessionQuery } from "../features/session/queries.ts";
import { rootRoute } from "./root.tsx";

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: (raw: Record<string, unknown>): { next?: string } => (typeof raw["next"] === "string" ? { next: raw["next"] } : {}),
  beforeLoad: async ({ context }) => {
    if (await context.queries.ensureQueryData(sessionQuery)) throw redirect({ to: "/conversations" });
  },
  component: lazyRouteComponent(() => import("../features/session/sign-in-form.tsx"), "SignInForm"),
});
