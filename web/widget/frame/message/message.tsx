/** One message with everything around its content: sender, quote, reactions, state, actions. */

import { formatTime, type WidgetMessage } from "@tertulia/core";
import { Avatar } from "../shell/avatar.tsx";
import type { ComposerMode } from "../shell/app.tsx";
import { useShell } from "../shell/context.ts";
import type { ReplyContent, Row } from "../thread/rows.ts";
import { Actions } from "./actions.tsx";
import { MessageContent } from "./content.tsx";
import { FailedNote, StatusIcon } from "./status.tsx";

interface MessageRowProps {
  row: Row;
  answer: ReplyContent | null;
  onMode: (mode: ComposerMode) => void;
}

export function MessageRow({ row, answer, onMode }: MessageRowProps) {
  const { t, language } = useShell();
  const { message, pending, startsGroup, endsGroup } = row;
  const isOwn = message.direction === "in";
  const isDeleted = message.deleted_at !== null;
  const isBare = message.content.type === "sticker" || message.content.type === "cards";
  const classes = ["message", message.direction, startsGroup && "first", endsGroup && "last", isBare && "bare"];
  return (
    <article class={classes.filter(Boolean).join(" ")}>
      {!isOwn && <div class="face" aria-hidden="true">{endsGroup && <Avatar name={message.sender.name} url={message.sender.avatar_url} />}</div>}
      <div class="column">
        {!isOwn && startsGroup && <p class="sender" dir="auto">{message.sender.name}</p>}
        <span class="hidden">{isOwn && t("you")}</span>
        <div class="line">
          <div class="bubble">
            {message.reply_to !== null && !isDeleted && <Quote reply={message.reply_to} />}
            {isDeleted ? <p class="text gone">{t("deleted")}</p> : <MessageContent message={message} answer={answer} />}
          </div>
          {!isDeleted && pending === null && <Actions message={message} onMode={onMode} />}
        </div>
        {!isDeleted && <Reactions message={message} />}
        {pending?.state === "failed" && <FailedNote item={pending} />}
        {endsGroup && pending?.state !== "failed" && (
          <p class="meta">
            {message.edited_at !== null && !isDeleted && <span>{t("edited")}</span>}
            <time dateTime={message.created_at}>{formatTime(message.created_at, language)}</time>
            {isOwn && <StatusIcon row={row} />}
          </p>
        )}
      </div>
    </article>
  );
}

function Quote({ reply }: { reply: NonNullable<WidgetMessage["reply_to"]> }) {
  return (
    <blockquote class="quote">
      <b dir="auto">{reply.sender_name}</b>
      <span dir="auto">{reply.text}</span>
    </blockquote>
  );
}

/** The same emoji from several people is shown once with a number; a tap adds or takes back mine. */
function Reactions({ message }: { message: WidgetMessage }) {
  const { chat, t } = useShell();
  if (message.reactions.length === 0) return null;
  const counts = new Map<string, number>();
  for (const { emoji } of message.reactions) counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
  const mine = message.reactions.find(({ kind }) => kind === "customer")?.emoji;
  return (
    <div class="reactions">
      {[...counts].map(([emoji, count]) => (
        <button
          key={emoji}
          type="button"
          aria-pressed={emoji === mine}
          aria-label={t("react", { emoji })}
          onClick={() => void chat.react(message.id, emoji === mine ? null : emoji).catch(() => undefined)}
        >
          {emoji}
          {count > 1 && <span>{count}</span>}
        </button>
      ))}
    </div>
  );
}
