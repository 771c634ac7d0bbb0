/** The tree of all routes. */
import { createRouter } from "@tanstack/react-router";
import type { QueryClient } from "@tanstack/react-query";
import { appRoute } from "./app.tsx";
import { conversationRoute } from "./conversation.tsx";
import { conversationsRoute } from "./conversations.tsx";
import { homeRoute } from "./home.tsx";
import { inviteRoute } from "./invite.tsx";
import { noConversationRoute } from "./no-conversation.tsx";
import { resetRoute } from "./reset.tsx";
import { rootRoute } from "./root.tsx";
import { setupRoute } from "./setup.tsx";
import { signInRoute } from "./sign-in.tsx";
import { contactsRoute } from "./contacts.tsx";
import { settingsRoutes } from "./settings.tsx";

const routeTree = rootRoute.addChildren([
  signInRoute,
  setupRoute,
  inviteRoute,
  resetRoute,
  appRoute.addChildren([
    homeRoute,
    conversationsRoute.addChildren([noConversationRoute, conversationRoute]),
    contactsRoute,
    settingsRoutes,
  ]),
]);

export function makeRouter(queries: QueryClient) {
  // A thread finds the message of its address by itself: it may not be loaded yet.
  return createRouter({ routeTree, context: { queries }, defaultPreload: false, defaultHashScrollIntoView: false });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
