import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { readProblem } from "../features/session/provider-problem.ts";
import { sessionQuery } from "../features/session/queries.ts";
import { rootRoute } from "./root.tsx";

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: (raw: Record<string, unknown>): { next?: string; problem?: string } => ({
    ...(typeof raw["next"] === "string" ? { next: raw["next"] } : {}),
    ...readProblem(raw),
  }),
  beforeLoad: async ({ context, search }) => {
    if (!(await context.queries.ensureQueryData(sessionQuery))) return;
    // Who is signed in already came from connecting a provider.
    throw search.problem ? redirect({ to: "/settings/profile", search: { problem: search.problem } }) : redirect({ to: "/conversations" });
  },
  component: lazyRouteComponent(() => import("../features/session/sign-in-form.tsx"), "SignInForm"),
});
