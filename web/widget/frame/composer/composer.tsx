/** Where the visitor writes: text, files, emoji; a reply to or a change of one message. */

import type { Attachment, Content, ReplyTo, WidgetMessage } from "@tertulia/core";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ComposerMode } from "../shell/app.tsx";
import { useShell } from "../shell/context.ts";
import { Icon } from "../shell/icons.tsx";
import { useDropZone } from "./drop.ts";
import { EmojiPicker } from "./emoji.tsx";
import { UploadList } from "./upload-list.tsx";
import { FILES_MAX, useUploads } from "./uploads.ts";

interface ComposerProps {
  mode: ComposerMode;
  onMode: (mode: ComposerMode) => void;
}

export function Composer({ mode, onMode }: ComposerProps) {
  const { chat, state, t } = useShell();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isPicking, setPicking] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const { uploads, add, remove, clear, retry } = useUploads(chat);
  const { attachments_enabled = false, emoji_enabled = false } = state.config ?? {};
  const mayAttach = attachments_enabled && mode.kind !== "edit";
  const addFiles = (files: readonly File[]) => {
    if (!mayAttach || files.length === 0) return;
    setProblem(uploads.length + files.length > FILES_MAX ? t("too_many", { count: FILES_MAX }) : null);
    add(files);
  };
  const isDropping = useDropZone(mayAttach, addFiles);

  useEffect(() => {
    if (mode.kind === "edit") setText(mode.message.text);
    if (mode.kind !== "new") area.current?.focus();
  }, [mode]);

  const ready = uploads.flatMap(({ attachment }) => attachment ?? []);
  const isUploading = uploads.some(({ attachment, error }) => attachment === null && error === null);
  const canSend = (text.trim() !== "" || ready.length > 0) && !isUploading;
  const finish = () => {
    setText("");
    clear();
    setProblem(null);
    onMode({ kind: "new" });
    area.current?.focus();
  };
  const submit = async () => {
    if (!canSend) return;
    if (mode.kind !== "edit") {
      const reply_to = mode.kind === "reply" ? quoteOf(mode.message, t("you")) : null;
      chat.send({ content: contentOf(text.trim(), ready), attachments: ready, reply_to });
      return finish();
    }
    await chat.edit(mode.message.id, text.trim()).then(finish, () => setProblem(t("went_wrong")));
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
  const pick = (emoji: string) => {
    setPicking(false);
    const { selectionStart = text.length, selectionEnd = text.length } = area.current ?? {};
    setText(text.slice(0, selectionStart) + emoji + text.slice(selectionEnd));
    area.current?.focus();
  };

  return (
    <footer class="composer">
      {mode.kind !== "new" && <ModeBar mode={mode} onCancel={finish} />}
      <UploadList uploads={uploads} onRemove={remove} onRetry={(upload) => void retry(upload)} />
      {problem !== null && <p class="problem" role="alert">{problem}</p>}
      {isPicking && <EmojiPicker onPick={pick} onClose={() => { setPicking(false); area.current?.focus(); }} />}
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
            onInput={(event) => { setText(event.currentTarget.value); chat.keystroke(); }}
            onKeyDown={onKeyDown}
            onPaste={(event) => addFiles([...(event.clipboardData?.files ?? [])])}
          />
        </div>
        {emoji_enabled && (
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

/** Files of one kind make a message of that kind with the text as its caption. */
export function contentOf(text: string, attachments: readonly Attachment[]): Content {
  const first = attachments[0];
  if (first === undefined) return { type: "text", text };
  const isOneKind = attachments.every(({ kind }) => kind === first.kind);
  return { type: isOneKind ? first.kind : "file", text };
}

function quoteOf(message: WidgetMessage, you: string): ReplyTo {
  const sender_name = message.direction === "in" ? you : message.sender.name;
  return { id: message.id, seq: message.seq, sender_name, text: message.text };
}
