/** Where the visitor writes: text, files, emoji; a reply to or a change of one message. */

import { useRef, useState } from "preact/hooks";
import type { ComposerMode } from "../shell/app.tsx";
import { useShell } from "../shell/context.ts";
import { Icon } from "../shell/icons.tsx";
import { useDropZone } from "./drop.ts";
import { EmojiPicker } from "./emoji.tsx";
import { UploadList } from "./upload-list.tsx";
import { useComposer } from "./use-composer.ts";

interface ComposerProps {
  mode: ComposerMode;
  onMode: (mode: ComposerMode) => void;
}

export function Composer({ mode, onMode }: ComposerProps) {
  const { state, t } = useShell();
  const composer = useComposer(mode, onMode);
  const { area, text, problem, canSend, mayAttach, addFiles, submit, finish } = composer;
  const [isPicking, setPicking] = useState(false);
  const isDropping = useDropZone(mayAttach, addFiles);
  const closePicker = () => {
    setPicking(false);
    area.current?.focus();
  };
  const pick = (emoji: string) => {
    closePicker();
    composer.insert(emoji);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && matchMedia("(pointer: fine)").matches) {
      event.preventDefault();
      void submit();
    } else if (event.key === "Escape" && mode.kind !== "new") {
      event.preventDefault();
      finish();
    }
  };
  return (
    <footer class="composer">
      {mode.kind !== "new" && <ModeBar mode={mode} onCancel={finish} />}
      <UploadList uploads={composer.uploads} onRemove={composer.remove} onRetry={(upload) => void composer.retry(upload)} />
      {problem !== null && <p class="problem" role="alert">{problem}</p>}
      {isPicking && <EmojiPicker onPick={pick} onClose={closePicker} />}
      <div class="entry">
        {mayAttach && <AttachButton onFiles={addFiles} />}
        <div class="grow" data-text={`${text} `}>
          <textarea
            ref={area}
            rows={1}
            dir="auto"
            value={text}
            placeholder={t("placeholder")}
            aria-label={t("placeholder")}
            onInput={(event) => composer.type(event.currentTarget.value)}
            onKeyDown={onKeyDown}
            onPaste={(event) => addFiles([...(event.clipboardData?.files ?? [])])}
          />
        </div>
        {state.config?.emoji_enabled && (
          <button type="button" class="icon-button" aria-label={t("emoji")} aria-expanded={isPicking} onClick={() => setPicking(!isPicking)}>
            <Icon name="emoji" />
          </button>
        )}
        <button type="button" class="send" aria-label={t(mode.kind === "edit" ? "save" : "send")} disabled={!canSend} onClick={() => void submit()}>
          <Icon name={mode.kind === "edit" ? "check" : "send"} />
        </button>
      </div>
      {isDropping && <div class="drop">{t("drop")}</div>}
    </footer>
  );
}

function ModeBar({ mode, onCancel }: { mode: Exclude<ComposerMode, { kind: "new" }>; onCancel: () => void }) {
  const { t } = useShell();
  const { direction, sender, text } = mode.message;
  const name = direction === "in" ? t("you") : sender.name;
  return (
    <div class="mode">
      <Icon name={mode.kind} />
      <b>{mode.kind === "edit" ? t("editing") : t("replying", { name })}</b>
      <span dir="auto">{text}</span>
      <button type="button" class="icon-button small" aria-label={t("cancel")} onClick={onCancel}><Icon name="cross" /></button>
    </div>
  );
}

function AttachButton({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const { t } = useShell();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="icon-button" aria-label={t("attach")} onClick={() => input.current?.click()}>
        <Icon name="attach" />
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}
