import { createRoute, notFound } from "@tanstack/react-router";
import { ConversationPage } from "../features/thread/conversation-page.tsx";
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
  component: function OpenedConversation() {
    const { conversationId } = conversationRoute.useParams();
    return <ConversationPage key={conversationId} conversationId={conversationId} />;
  },
});
