import type { Message } from "@tertulia/core";
import { useT } from "../../i18n/use-t.ts";

const FLASH_MS = 1_600;

/** Brings a message of the thread into view and marks it for a moment. */
export function showMessage(seq: number): void {
  const element = document.getElementById(`m${seq}`);
  if (!element) return;
  element.scrollIntoView({ block: "center", behavior: "smooth" });
  element.classList.add("rounded-lg", "bg-selected");
  setTimeout(() => element.classList.remove("rounded-lg", "bg-selected"), FLASH_MS);
}

export function Quote({ reply }: { reply: NonNullable<Message["reply_to"]> }) {
  const t = useT();
  return (
    <button type="button" onClick={() => showMessage(reply.seq)} className="block max-w-full rounded-r-sm border-l-2 border-ink-3 py-0.5 pl-2 text-left text-sm text-ink-2 hover:border-ink">
      <span className="sr-only">{t("message.showQuoted")}</span>
      <span className="block font-medium">{reply.sender_name}</span>
      <span className="line-clamp-2 break-words">{reply.text}</span>
    </button>
  );
}
