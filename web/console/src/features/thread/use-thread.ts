/** Loads a conversation and its messages when it is opened. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { unreadCountOf } from "@tertulia/core";
import { useConversation, useLiveClient, useTimeline } from "../../live/hooks.ts";
import { fillGaps, loadConversation, loadNewest, loadOlder } from "../../live/timelines.ts";
import { firstUnread } from "./items.ts";

export function useThread(conversationId: number) {
  const client = useLiveClient();
  const conversation = useConversation(conversationId);
  const timeline = useTimeline(conversationId);
  const [firstUnreadSeq, setFirstUnreadSeq] = useState<number | null>(null);
  const [isLoadingOlder, setLoadingOlder] = useState(false);

  const query = useQuery({
    queryKey: ["thread", conversationId],
    gcTime: 0,
    queryFn: async () => {
      if (!client.store.state.conversations.has(conversationId)) await loadConversation(client, conversationId);
      const unread = unreadCountOf(client.store.state, conversationId);
      await loadNewest(client, conversationId);
      const messages = client.store.state.timelines.get(conversationId)?.messages ?? [];
      setFirstUnreadSeq((current) => current ?? firstUnread(messages, unread));
      return true;
    },
  });

  useEffect(() => {
    void fillGaps(client);
  }, [client, timeline?.covered.length]);

  const oldestKnown = timeline?.covered[0]?.from ?? 1;
  const hasOlder = query.isSuccess && oldestKnown > 1;
  const older = async () => {
    if (isLoadingOlder || !hasOlder) return;
    setLoadingOlder(true);
    try {
      await loadOlder(client, conversationId);
    } finally {
      setLoadingOlder(false);
    }
  };

  return { conversation, messages: timeline?.messages ?? [], query, firstUnreadSeq, hasOlder, isLoadingOlder, older };
}
