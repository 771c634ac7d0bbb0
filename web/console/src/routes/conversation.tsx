import { createRoute, lazyRouteComponent, notFound } from "@tanstack/react-router";
import { conversationsRoute } from "./conversations.tsx";
import { NotFound } from "./errors.tsx";

export const conversationRoute = createRoute({
  getParentRoute: () => conversationsRoute,
  path: "$conversationId",
  params: {
    parse: ({ conversationId }) => ({ conversationId: Number(conversationId) }),
    stringify: ({ conversationId }) => ({ conversationId: String(conversationId) }),
  },
  beforeLoad: ({ params }) => {
    if (!Number.isSafeInteger(params.conversationId)) throw notFound();
  },
  notFoundComponent: NotFound,
  component: lazyRouteComponent(() => import("../features/thread/conversation-page.tsx"), "OpenedConversation"),
});
