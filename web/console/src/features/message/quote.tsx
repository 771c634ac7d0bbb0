import type { Message } from "@tertulia/core";
import { useT } from "../../i18n/use-t.ts";
import { useShowMessage } from "../thread/show-message.ts";

export function Quote({ reply }: { reply: NonNullable<Message["reply_to"]> }) {
  const t = useT();
  const { show } = useShowMessage();
  return (
    <button type="button" onClick={() => show(reply.seq)} className="block max-w-full rounded-r-sm border-l-2 border-ink-3 py-0.5 pl-2 text-left text-sm text-ink-2 hover:border-ink">
      <span className="sr-only">{t("message.showQuoted")}</span>
      <span className="block font-medium">{reply.sender_name}</span>
      <span className="line-clamp-2 break-words">{reply.text}</span>
    </button>
  );
}
