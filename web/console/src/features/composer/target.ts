import type { Message } from "@tertulia/api-client";
import { createContext, use } from "react";

/** What the composer is about besides new text: a message that is answered, or one that is edited. */
export interface ComposerTarget {
  replyTo: Message["reply_to"];
  editing: Message | null;
  setReplyTo: (reply: Message["reply_to"]) => void;
  setEditing: (message: Message | null) => void;
}

export const ComposerTargetContext = createContext<ComposerTarget | null>(null);

export function useComposerTarget(): ComposerTarget {
  const target = use(ComposerTargetContext);
  if (!target) throw new Error("useComposerTarget is for an opened conversation");
  return target;
}
