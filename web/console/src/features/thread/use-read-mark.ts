import { answer } from "@tertulia/api-client";
import { readUpTo } from "@tertulia/core";
import { useEffect, useRef } from "react";
import { api } from "../../app/api.ts";
import { useLiveClient } from "../../live/hooks.ts";

/** Tells the server what I have read: only what was on the screen of somebody who is there. */
export function useReadMark(conversationId: number, lastSeq: number, isAtEnd: boolean): void {
  const { store } = useLiveClient();
  const sent = useRef(0);
  useEffect(() => {
    const mark = () => {
      if (!isAtEnd || lastSeq <= sent.current || document.visibilityState !== "visible") return;
      sent.current = lastSeq;
      store.update((state) => readUpTo(state, conversationId, lastSeq));
      // A mark that is lost is repaired by the next one.
      answer(api.POST("/v1/conversations/{id}/read", { params: { path: { id: conversationId } }, body: { seq: lastSeq } })).catch(() => {
        sent.current = 0;
      });
    };
    mark();
    window.addEventListener("focus", mark);
    document.addEventListener("visibilitychange", mark);
    return () => {
      window.removeEventListener("focus", mark);
      document.removeEventListener("visibilitychange", mark);
    };
  }, [conversationId, lastSeq, isAtEnd, store]);
}
