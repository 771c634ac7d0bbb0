import { EMOJI_GROUPS } from "@tertulia/core";
import { useEffect, useRef } from "preact/hooks";
import { useShell } from "../shell/context.ts";
import { moveFocus } from "../shell/focus.ts";

/** As many as the style sheet puts in one line. */
const COLUMNS = 8;

interface EmojiPickerProps {
  onPick: (emoji: string) => void;
  onClose: () => void;
}

export function EmojiPicker({ onPick, onClose }: EmojiPickerProps) {
  const { t } = useShell();
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => root.current?.querySelector("button")?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (moveFocus([...(root.current?.querySelectorAll("button") ?? [])], COLUMNS, event)) return;
    if (event.key !== "Escape" && event.key !== "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
  };
  return (
    <div class="emoji-picker" ref={root} role="dialog" aria-label={t("emoji")} onKeyDown={onKeyDown}>
      {EMOJI_GROUPS.map(({ key, emoji }) => (
        <div key={key} role="group" aria-label={t(key)}>
          <p aria-hidden="true">{t(key)}</p>
          <div class="emoji-grid">
            {emoji.map((each) => (
              <button key={each} type="button" tabIndex={-1} onClick={() => onPick(each)}>{each}</button>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
