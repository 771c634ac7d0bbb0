import { answer } from "@tertulia/api-client";
import { applyOwnMessage, type Message } from "@tertulia/core";
import { useMutation } from "@tanstack/react-query";
import { api } from "../../app/api.ts";
import { notifyFailure } from "../../app/problems.ts";
import { useT } from "../../i18n/use-t.ts";
import { useLiveClient } from "../../live/hooks.ts";
import { cx } from "../../ui/classes.ts";
import { Tip } from "../../ui/tip.tsx";
import { useCapabilities } from "../directory/queries.ts";
import { useMe } from "../session/use-me.ts";
import { mayReact } from "./allowed.ts";

/** Sets my reaction to a message; the same emoji again takes it back. */
export function useReact(message: Message) {
  const t = useT();
  const { user } = useMe();
  const { store } = useLiveClient();
  const mine = message.reactions.find(({ kind, id }) => kind === "agent" && id === user.id)?.emoji ?? null;
  const { mutate } = useMutation({
    mutationFn: (emoji: string) =>
      answer(
        api.PUT("/v1/conversations/{id}/messages/{message_id}/reaction", {
          params: { path: { id: message.conversation_id, message_id: message.id } },
          body: { emoji: emoji === mine ? null : emoji },
        }),
      ),
    onSuccess: (changed) => store.update((state) => applyOwnMessage(state, changed)),
    onError: notifyFailure(t),
  });
  return { mine, react: mutate };
}

export function Reactions({ message }: { message: Message }) {
  const t = useT();
  const { mine, react } = useReact(message);
  const isFixed = !mayReact(message, useCapabilities(message.inbox_id));
  if (message.reactions.length === 0) return null;
  const names = new Map<string, string[]>();
  for (const { emoji, name } of message.reactions) names.set(emoji, [...(names.get(emoji) ?? []), name]);
  return (
    <div className="-mt-1.5 flex flex-wrap gap-1 px-2">
      {[...names].map(([emoji, who]) => (
        <Tip key={emoji} text={who.join(", ")}>
          <button
            type="button" aria-disabled={isFixed} onClick={() => isFixed || react(emoji)} aria-pressed={emoji === mine}
            aria-label={t("message.reactionBy", { emoji, names: who.join(", ") })}
            className={cx("relative flex h-6 items-center gap-1 rounded-full border px-1.5 text-sm", emoji === mine ? "border-accent bg-accent-soft" : "border-line bg-surface", isFixed && "cursor-default")}
          >
            <span>{emoji}</span>
            {who.length > 1 && <span className="text-xs tabular-nums">{who.length}</span>}
          </button>
        </Tip>
      ))}
    </div>
  );
}
