import type { Message } from "@tertulia/core";
import { useRef } from "react";

/** Reads out what the customer or a colleague has just written, and nothing that was there before. */
export function Announcer({ messages, isLatest }: { messages: readonly Message[]; isLatest: boolean }) {
  const newest = messages.at(-1);
  const known = useRef<number | null>(null);
  if (known.current === null && isLatest && newest) known.current = newest.seq;
  const isNew = isLatest && newest !== undefined && known.current !== null && newest.seq > known.current;
  const isSpoken = isNew && newest.visibility !== "activity";
  return (
    <p className="sr-only" aria-live="polite">
      {isSpoken && `${newest.sender.name}: ${newest.text}`}
    </p>
  );
}
