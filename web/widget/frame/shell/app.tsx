/** The whole frame: header, notices, conversation, composer; colours, language and the keyboard. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { WidgetMessage } from "@tertulia/core";
import type { Chat } from "../chat/chat.ts";
import { Composer } from "../composer/composer.tsx";
import { translator } from "../i18n/catalogue.ts";
import { Thread } from "../thread/thread.tsx";
import { ShellProvider, useStore } from "./context.ts";
import { Header } from "./header.tsx";
import { keepFocusInside } from "./focus.ts";
import { Notices } from "./notices.tsx";
import { PreChat, questions } from "./pre-chat.tsx";
import type { Settings } from "./settings.ts";
import { useTheme } from "./theme.ts";

/** What the composer does with the next message. */
export type ComposerMode = { kind: "new" } | { kind: "reply" | "edit"; message: WidgetMessage };

export function App({ chat, settings, onClose }: { chat: Chat; settings: Settings; onClose: () => void }) {
  const state = useStore(chat.store);
  const { theme } = useStore(settings);
  const [mode, setMode] = useState<ComposerMode>({ kind: "new" });
  const root = useRef<HTMLDivElement>(null);
  const language = settings.language;
  const t = useMemo(() => translator(language), [language]);
  const { config, phase, isOpen } = state;
  useTheme(config?.color, theme);

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = config?.title || t("chat");
  }, [language, config, t]);
  useEffect(() => {
    const start = root.current?.querySelector<HTMLElement>("textarea, .fields input, .fields select");
    if (isOpen && matchMedia("(pointer: fine)").matches) (start ?? root.current)?.focus();
  }, [isOpen, config !== null]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !event.defaultPrevented) onClose();
    else if (root.current !== null) keepFocusInside(root.current, event);
  };
  const asksFirst = questions(state).length > 0;
  const mayWrite = !config?.enforce_identity || state.visitor?.verified === true;
  return (
    <ShellProvider value={{ chat, state, t, language }}>
      <div class="app" ref={root} role="dialog" aria-label={config?.title || t("chat")} tabIndex={-1} inert={state.isPreview} onKeyDown={onKeyDown}>
        <Header onClose={onClose} />
        <Notices />
        {phase === "loading" && <div class="loading" aria-busy="true" />}
        {phase === "unavailable" && <p class="empty">{t("unavailable")}</p>}
        {phase === "ready" && !mayWrite && <p class="empty">{t("sign_in")}</p>}
        {phase === "ready" && mayWrite && (asksFirst ? <PreChat /> : <Thread onMode={setMode} />)}
        {phase === "ready" && mayWrite && !asksFirst && <Composer mode={mode} onMode={setMode} />}
      </div>
    </ShellProvider>
  );
}
