/** What the composer holds and does; how it looks is in `composer.tsx`. */

import type { Attachment, Content, ReplyTo, WidgetMessage } from "@tertulia/core";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ComposerMode } from "../shell/app.tsx";
import { useShell } from "../shell/context.ts";
import { FILES_MAX, useUploads } from "./uploads.ts";

export function useComposer(mode: ComposerMode, onMode: (mode: ComposerMode) => void) {
  const { chat, state, t } = useShell();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const { uploads, add, remove, clear, retry } = useUploads(chat);
  const mayAttach = state.config?.attachments_enabled === true && mode.kind !== "edit";

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
  const type = (next: string) => {
    setText(next);
    chat.keystroke();
  };
  const addFiles = (files: readonly File[]) => {
    if (!mayAttach || files.length === 0) return;
    setProblem(uploads.length + files.length > FILES_MAX ? t("too_many", { count: FILES_MAX }) : null);
    add(files);
  };
  /** Where the cursor is, in place of what is selected. */
  const insert = (piece: string) => {
    const { selectionStart = text.length, selectionEnd = text.length } = area.current ?? {};
    setText(text.slice(0, selectionStart) + piece + text.slice(selectionEnd));
    area.current?.focus();
  };
  return { area, text, type, insert, problem, canSend, submit, finish, mayAttach, uploads, addFiles, remove, retry };
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
