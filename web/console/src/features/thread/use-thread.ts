/** Loads a conversation and its messages when it is opened: the newest, or those around one that was looked for. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { emptyTimeline, shownOf, stretchOf, timelineOf, unreadCountOf, type Message } from "@tertulia/core";
import { useConversation, useLiveClient, useTimeline } from "../../live/hooks.ts";
import { fillGaps, loadAround, loadConversation, loadNewer, loadNewest, loadOlder, reloadNewest } from "../../live/timelines.ts";
import { firstUnread } from "./items.ts";

const EMPTY = emptyTimeline<Message>();

/** `soughtSeq` is the message of the address when the conversation was opened. */
export function useThread(conversationId: number, soughtSeq: number | null) {
  const client = useLiveClient();
  const conversation = useConversation(conversationId);
  const timeline = useTimeline(conversationId) ?? EMPTY;
  const [firstUnreadSeq, setFirstUnreadSeq] = useState<number | null>(null);
  const sought = useRef(soughtSeq);

  const query = useQuery({
    queryKey: ["thread", conversationId],
    gcTime: 0,
    queryFn: async () => {
      if (!client.store.state.conversations.has(conversationId)) await loadConversation(client, conversationId);
      const seq = sought.current;
      sought.current = null;
      if (seq !== null) await loadAround(client, conversationId, seq);
      // Who reads around a message stays there, see `reloadTimelines`.
      if (timelineOf(client.store.state, conversationId).around !== null) return true;
      const unread = unreadCountOf(client.store.state, conversationId);
      await loadNewest(client, conversationId);
      const messages = timelineOf(client.store.state, conversationId).messages;
      setFirstUnreadSeq((current) => current ?? firstUnread(messages, unread));
      return true;
    },
  });

  useEffect(() => {
    void fillGaps(client);
  }, [client, timeline.covered.length, timeline.around]);

  const hasOlder = query.isSuccess && (stretchOf(timeline)?.from ?? 1) > 1;
  const hasNewer = timeline.around !== null;
  const [isLoadingOlder, older] = useOneAtATime(() => loadOlder(client, conversationId));
  const [isLoadingNewer, newer] = useOneAtATime(() => loadNewer(client, conversationId));
  const [returns, setReturns] = useState(0);
  const [, latest] = useOneAtATime(() => reloadNewest(client, conversationId).then(() => setReturns((count) => count + 1)));
  const [, around] = useOneAtATime((seq: number) => loadAround(client, conversationId, seq));

  return {
    conversation, messages: shownOf(timeline), query, firstUnreadSeq, hasOlder, hasNewer, isLoadingOlder, isLoadingNewer,
    older: () => hasOlder && older(),
    newer: () => hasNewer && newer(),
    /** Leaves the old messages for the newest. */
    latest: () => hasNewer && latest(),
    /** How often that was done. */
    returns,
    around,
  };
}

/** A request that is not made again while it is on its way; one that fails is made again by whoever still needs it. */
function useOneAtATime<Args extends unknown[]>(request: (...args: Args) => Promise<void>): [boolean, (...args: Args) => void] {
  const [isBusy, setBusy] = useState(false);
  const isMade = useRef(false);
  const make = (...args: Args) => {
    if (isMade.current) return;
    isMade.current = true;
    setBusy(true);
    const done = () => {
      isMade.current = false;
      setBusy(false);
    };
    request(...args).then(done, done);
  };
  return [isBusy, make];
}
