/** The list of messages: stays at the end while the reader is there, keeps its place while older ones load. */

import { formatDay, unreadCount } from "@tertulia/core";
import { useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import { MessageRow } from "../message/message.tsx";
import type { ComposerMode } from "../shell/app.tsx";
import { useShell } from "../shell/context.ts";
import { Icon } from "../shell/icons.tsx";
import { answersByMessage, rows } from "./rows.ts";
import { useStickToEnd } from "./stick.ts";

export function Thread({ onMode }: { onMode: (mode: ComposerMode) => void }) {
  const { chat, state, t, language } = useShell();
  const { timeline, pending, typing, unread, isOpen, config, conversation } = state;
  const list = useMemo(() => rows(timeline.messages, pending), [timeline.messages, pending]);
  const answers = useMemo(() => answersByMessage(list), [list]);
  const { element, isAtEnd, scrollToEnd, onScroll } = useStickToEnd(list[0]?.key);
  const unseen = unreadCount(unread);
  const isSeen = useVisible() && isOpen && isAtEnd;

  const lastOwn = list.findLast(({ message }) => message.direction === "in")?.key;
  useLayoutEffect(scrollToEnd, [lastOwn, isOpen]);
  useEffect(() => {
    if (isSeen && unseen > 0) chat.markRead();
  }, [chat, isSeen, unseen]);

  return (
    <main class="thread">
      <div class="scroller" ref={element} onScroll={onScroll}>
        {state.hasOlder && <OlderButton />}
        <div class="log" role="log" aria-live="polite" aria-label={t("log")}>
          {config !== null && config.greeting !== "" && !state.hasOlder && <Greeting text={config.greeting} />}
          {list.map((row) => (
            <div key={row.key} class="row">
              {row.startsDay && (
                <h2 class="day">{formatDay(row.message.created_at, language, Date.now())}</h2>
              )}
              <MessageRow row={row} answer={answers.get(row.message.id) ?? null} onMode={onMode} />
            </div>
          ))}
        </div>
        {typing !== null && (
          <p class="typing">
            <span class="dots" aria-hidden="true"><i /><i /><i /></span>
            {t("typing", { name: typing })}
          </p>
        )}
        {conversation?.status === "resolved" && <p class="resolved">{t("resolved")}</p>}
      </div>
      {!isAtEnd && (
        <button type="button" class="to-end" aria-label={t("to_newest")} onClick={scrollToEnd}>
          <Icon name="down" />
          {unseen > 0 && <b>{unseen}</b>}
        </button>
      )}
    </main>
  );
}

function Greeting({ text }: { text: string }) {
  return (
    <div class="message out greeting-bubble">
      <div class="bubble"><p class="text" dir="auto">{text}</p></div>
    </div>
  );
}

function OlderButton() {
  const { chat, t } = useShell();
  const [isBusy, setBusy] = useState(false);
  const load = async () => {
    setBusy(true);
    await chat.loadOlder().catch(() => undefined);
    setBusy(false);
  };
  return (
    <button type="button" class="older" disabled={isBusy} onClick={() => void load()}>{t("older")}</button>
  );
}

/** A tab in the background reads nothing. */
function useVisible(): boolean {
  const [isVisible, setVisible] = useState(document.visibilityState === "visible");
  useEffect(() => {
    const update = () => setVisible(document.visibilityState === "visible");
    document.addEventListener("visibilitychange", update);
    return () => document.removeEventListener("visibilitychange", update);
  }, []);
  return isVisible;
}
