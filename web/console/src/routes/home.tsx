import { createRoute, redirect } from "@tanstack/react-router";
import { appRoute } from "./app.tsx";

export const homeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/conversations", search: { view: "mine" }, replace: true });
  },
});
