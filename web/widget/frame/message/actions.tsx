/** The menu of a message: quick reactions, reply, and for own messages edit and delete. */

import { QUICK_REACTIONS, type WidgetMessage } from "@tertulia/core";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ComposerMode } from "../shell/app.tsx";
import { useShell } from "../shell/context.ts";
import { moveFocus } from "../shell/focus.ts";
import { Icon } from "../shell/icons.tsx";

interface ActionsProps {
  message: WidgetMessage;
  onMode: (mode: ComposerMode) => void;
}

export function Actions({ message, onMode }: ActionsProps) {
  const { t } = useShell();
  const [isOpen, setOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    toggle.current?.focus();
  };
  return (
    <div class={isOpen ? "actions open" : "actions"}>
      <button
        ref={toggle}
        type="button"
        class="icon-button small"
        aria-label={t("actions")}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="more" />
      </button>
      {isOpen && <Menu message={message} onMode={onMode} onClose={close} />}
    </div>
  );
}

function Menu({ message, onMode, onClose }: ActionsProps & { onClose: () => void }) {
  const { chat, t } = useShell();
  const menu = useRef<HTMLDivElement>(null);
  const [isSure, setSure] = useState(false);
  const isOwn = message.direction === "in";
  const mine = message.reactions.find(({ kind }) => kind === "customer")?.emoji;
  usePopup(menu, onClose);

  const act = (action: () => void) => () => {
    onClose();
    action();
  };
  const remove = () => {
    if (isSure) act(() => void chat.remove(message.id).catch(() => undefined))();
    else setSure(true);
  };
  return (
    <div class="menu" role="menu" ref={menu} aria-label={t("actions")}>
      <div class="quick" role="group" aria-label={t("emoji")}>
        {QUICK_REACTIONS.map((emoji) => (
          <button
            key={emoji}
            type="button"
            role="menuitemradio"
            aria-checked={emoji === mine}
            tabIndex={-1}
            aria-label={t("react", { emoji })}
            onClick={act(() => void chat.react(message.id, emoji === mine ? null : emoji).catch(() => undefined))}
          >
            {emoji}
          </button>
        ))}
      </div>
      <button type="button" role="menuitem" tabIndex={-1} onClick={act(() => onMode({ kind: "reply", message }))}>
        <Icon name="reply" />{t("reply")}
      </button>
      {isOwn && message.content.type === "text" && (
        <button type="button" role="menuitem" tabIndex={-1} onClick={act(() => onMode({ kind: "edit", message }))}>
          <Icon name="edit" />{t("edit")}
        </button>
      )}
      {isOwn && (
        <button type="button" role="menuitem" tabIndex={-1} class="danger" onClick={remove}>
          <Icon name="trash" />{t(isSure ? "delete_sure" : "delete")}
        </button>
      )}
    </div>
  );
}

/** Focus goes in, arrows move it, Escape and a press elsewhere close; it opens upwards where there is no room below. */
function usePopup(menu: { current: HTMLDivElement | null }, onClose: () => void): void {
  useLayoutEffect(() => {
    const { current } = menu;
    const limits = current?.closest(".scroller")?.getBoundingClientRect();
    if (current && limits) current.classList.toggle("up", current.getBoundingClientRect().bottom > limits.bottom);
    current?.querySelector("button")?.focus();
  }, [menu]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const items = [...(menu.current?.querySelectorAll("button") ?? [])];
      if (moveFocus(items, 1, event)) return;
      if (event.key !== "Escape" && event.key !== "Tab") return;
      event.preventDefault();
      event.stopPropagation();
      onClose();
    };
    const onPress = (event: Event) => {
      if (!menu.current?.parentElement?.contains(event.target as Node)) onClose();
    };
    const { current } = menu;
    current?.addEventListener("keydown", onKey);
    document.addEventListener("pointerdown", onPress);
    return () => {
      current?.removeEventListener("keydown", onKey);
      document.removeEventListener("pointerdown", onPress);
    };
  });
}
