/** What is offered while a word behind a slash is typed, and which keys choose from it. */
import { useQuery } from "@tanstack/react-query";
import { useId, useState, type KeyboardEvent, type RefObject } from "react";
import { cannedResponsesQuery } from "../directory/queries.ts";
import { insert, matching, wantedAt } from "./matching.ts";

const OFFERED_MAX = 8;

export function useCannedPicker(textarea: RefObject<HTMLTextAreaElement | null>, text: string, write: (text: string) => void) {
  const id = useId();
  const [caret, setCaret] = useState(0);
  const [dismissed, setDismissed] = useState<string | null>(null);
  const [chosen, setChosen] = useState(0);
  const wanted = wantedAt(text, caret);
  const { data: responses = [] } = useQuery({ ...cannedResponsesQuery, enabled: wanted !== null });
  const isOpen = wanted !== null && dismissed !== text;
  const offered = isOpen ? matching(responses, wanted, OFFERED_MAX) : [];
  const active = Math.min(chosen, offered.length - 1);

  const choose = (index: number) => {
    const response = offered[index];
    if (!response || wanted === null) return;
    const next = insert(text, caret, wanted, response.content);
    write(next.text);
    setCaret(next.caret);
    // The text is there after the next rendering, and so is the place of the caret.
    requestAnimationFrame(() => textarea.current?.setSelectionRange(next.caret, next.caret));
    textarea.current?.focus();
  };
  const moves: Record<string, () => void> = {
    ArrowDown: () => setChosen((active + 1) % offered.length),
    ArrowUp: () => setChosen((active + offered.length - 1) % offered.length),
    Enter: () => choose(active),
    Tab: () => choose(active),
    Escape: () => setDismissed(text),
  };
  /** Whether the key was meant for the list. */
  const takesKey = (event: KeyboardEvent): boolean => {
    const move = moves[event.key];
    if (!move || offered.length === 0 || event.shiftKey || event.ctrlKey || event.metaKey) return false;
    event.preventDefault();
    move();
    return true;
  };
  const follow = () => {
    setCaret(textarea.current?.selectionStart ?? 0);
    setChosen(0);
  };
  return { id, offered, active, choose, takesKey, follow };
}
