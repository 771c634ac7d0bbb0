import { createRoute } from "@tanstack/react-router";
import { MessagesSquare } from "lucide-react";
import { useT } from "../i18n/use-t.ts";
import { Empty } from "../ui/empty.tsx";
import { conversationsRoute } from "./conversations.tsx";

export const noConversationRoute = createRoute({
  getParentRoute: () => conversationsRoute,
  path: "/",
  component: function NoConversation() {
    const t = useT();
    return <Empty icon={<MessagesSquare size={30} />} title={t("thread.chooseOne")} text={t("thread.chooseOneText")} />;
  },
});
