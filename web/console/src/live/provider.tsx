import type { Me } from "@tertulia/api-client";
import type { FeedEvent } from "@tertulia/core";
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { LiveClient } from "./client.ts";
import { LiveContext } from "./hooks.ts";
import { onNewMessage } from "./notifications.ts";
import { reloadTimelines } from "./timelines.ts";

/** Counters change with almost every event, so they are fetched again at most this often. */
const COUNTS_PAUSE_MS = 700;

export function LiveProvider({ me, onSignedOut, children }: { me: Me; onSignedOut: () => void; children: ReactNode }) {
  const queries = useQueryClient();
  const [client] = useState(() => {
    const refresh = refresher(queries);
    const created: LiveClient = new LiveClient(me.user.id, me.account.id, {
      onEvent: (event) => {
        refresh(event);
        if (event.type === "message.created") {
          created.signals.stopTyping(event.data.message.conversation_id, event.data.message.sender.kind);
          onNewMessage(created, event.data.message);
        }
      },
      onResync: () => {
        void queries.invalidateQueries();
        void reloadTimelines(created);
      },
      onSignedOut,
    });
    return created;
  });

  useEffect(() => {
    client.start();
    return () => client.stop();
  }, [client]);

  return <LiveContext value={client}>{children}</LiveContext>;
}

/** Fetches again what events change but do not carry. */
function refresher(queries: QueryClient): (event: FeedEvent) => void {
  let pending: ReturnType<typeof setTimeout> | undefined;
  return (event) => {
    const noun = event.type.slice(0, event.type.indexOf("."));
    if (noun === "conversation") {
      pending ??= setTimeout(() => {
        pending = undefined;
        void queries.invalidateQueries({ queryKey: ["conversation-counts"] });
      }, COUNTS_PAUSE_MS);
      void queries.invalidateQueries({ queryKey: ["journal", event.conversation_id] });
    }
    if (noun === "contact") void queries.invalidateQueries({ queryKey: ["contacts"] });
    if (noun === "app") void queries.invalidateQueries({ queryKey: ["apps"] });
    if (noun === "inbox") void queries.invalidateQueries({ queryKey: ["inboxes"] });
    if (noun === "team") void queries.invalidateQueries({ queryKey: ["teams"] });
    if (noun === "label") void queries.invalidateQueries({ queryKey: ["labels"] });
    if (noun === "canned_response") void queries.invalidateQueries({ queryKey: ["canned-responses"] });
    if (noun === "user") void queries.invalidateQueries({ queryKey: ["users"] });
  };
}
