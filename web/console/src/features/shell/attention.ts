/** The number of unread conversations in the tab: in the title and on the icon. What an app is answering asks for nobody. */
import { unreadCountOf } from "@tertulia/core";
import { useEffect } from "react";
import { useLive } from "../../live/hooks.ts";
import { useMe } from "../session/use-me.ts";

export function useAttention(): void {
  const { user } = useMe();
  const unread = useLive((state) => {
    let count = 0;
    for (const { id, assignee, status } of state.conversations.values()) {
      const isMine = assignee === null || assignee.id === user.id;
      if (isMine && status !== "resolved" && status !== "pending" && unreadCountOf(state, id) > 0) count += 1;
    }
    return count;
  });
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) Tertulia` : "Tertulia";
    document.querySelector<HTMLLinkElement>("link[rel=icon]")?.setAttribute("href", unread > 0 ? "/favicon-unread.svg" : "/favicon.svg");
  }, [unread]);
}
