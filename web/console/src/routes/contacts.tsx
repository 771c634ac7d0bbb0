import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "./app.tsx";

export interface ContactsSearch {
  q?: string;
  label?: string;
  contact?: number;
}

export const contactsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/contacts",
  validateSearch: (raw: Record<string, unknown>): ContactsSearch => ({
    ...(typeof raw["q"] === "string" || typeof raw["q"] === "number" ? { q: String(raw["q"]) } : {}),
    ...(typeof raw["label"] === "string" ? { label: raw["label"] } : {}),
    ...(typeof raw["contact"] === "number" ? { contact: raw["contact"] } : {}),
  }),
  component: lazyRouteComponent(() => import("../features/contacts/contacts-page.tsx"), "ContactsPage"),
});
