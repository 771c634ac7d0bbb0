import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { readContactsSearch } from "../features/contacts/search-params.ts";
import { appRoute } from "./app.tsx";

export const contactsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/contacts",
  validateSearch: readContactsSearch,
  component: lazyRouteComponent(() => import("../features/contacts/contacts-page.tsx"), "ContactsPage"),
});
