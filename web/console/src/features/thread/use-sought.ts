/** The message that somebody looks for: it is loaded if need be, brought into view, and marked for a moment. */
import { useLocation } from "@tanstack/react-router";
import type { Message } from "@tertulia/core";
import { useEffect, useMemo, useState } from "react";
import { seqOfHash, type ShowMessage } from "./show-message.ts";

const MARKED_MS = 2_500;

interface Options {
  messages: readonly Message[];
  /** Fetches what lies around a message. */
  around: (seq: number) => void;
}

export function useSought({ messages, around }: Options) {
  const { hash, state } = useLocation();
  // The same link clicked again is a new wish.
  const visit = `${hash} ${state.__TSR_key ?? ""}`;
  const [wantedSeq, setWantedSeq] = useState<number | null>(null);
  const [markedSeq, setMarkedSeq] = useState<number | null>(null);
  useEffect(() => setWantedSeq(seqOfHash(hash)), [hash, visit]);

  const isThere = wantedSeq !== null && messages.some(({ seq }) => seq === wantedSeq);
  const isMissing = wantedSeq !== null && messages.length > 0 && !isThere;
  useEffect(() => {
    if (isMissing) around(wantedSeq);
    // Once for each wish: what the server does not show will not come by asking again.
  }, [wantedSeq, isMissing]);
  useEffect(() => {
    if (markedSeq === null) return;
    const timer = setTimeout(() => setMarkedSeq(null), MARKED_MS);
    return () => clearTimeout(timer);
  }, [markedSeq]);

  const show = useMemo((): ShowMessage => ({ show: setWantedSeq, markedSeq }), [markedSeq]);
  const onShown = () => {
    setMarkedSeq(wantedSeq);
    setWantedSeq(null);
  };
  return { show, soughtSeq: isThere ? wantedSeq : null, onShown };
}
