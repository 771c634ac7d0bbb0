import type { Message } from "@tertulia/api-client";
import { Lock, MessageSquareText, Paperclip, SendHorizontal, Smile } from "lucide-react";
import { lazy, Suspense, useEffect, useLayoutEffect, useRef, useState, type ClipboardEvent, type DragEvent, type KeyboardEvent } from "react";
import { useT } from "../../i18n/use-t.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { cx } from "../../ui/classes.ts";
import { Popover } from "../../ui/popover.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { CannedList } from "../canned-responses/canned-list.tsx";
import { useCannedPicker } from "../canned-responses/use-canned-picker.ts";
import { AttachmentDrafts, MissedMessages, TargetLine } from "./composer-parts.tsx";
import { sendsOnEnter } from "./send-key.ts";
import { useComposerTarget } from "./target.ts";
import { useComposer, type Kind } from "./use-composer.ts";

const EmojiPicker = lazy(() => import("./emoji-picker.tsx").then(({ EmojiPicker: component }) => ({ default: component })));
const HEIGHT_PX_MAX = 260;

interface Props {
  conversationId: number;
  messages: readonly Message[];
  isLatest: boolean;
  /** Somebody begins to write: what they answer to should be on the screen. */
  onWrite: () => void;
}

/** A reply and a note differ in frame, colour, label, placeholder and button, so that nobody mixes them up. */
export function Composer({ conversationId, messages, isLatest, onWrite }: Props) {
  const t = useT();
  const composer = useComposer(conversationId, messages, isLatest);
  const target = useComposerTarget();
  const [asksAboutMissed, setAsksAboutMissed] = useState(false);
  const [isDropping, setDropping] = useState(false);
  const textarea = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const canned = useCannedPicker(textarea, composer.text, composer.write);
  const isNote = target.editing ? target.editing.visibility === "note" : composer.kind === "note";
  const { editing, replyTo } = target;

  useLayoutEffect(() => fitHeight(textarea.current), [composer.text]);
  useEffect(() => {
    if (editing ?? replyTo) textarea.current?.focus();
  }, [editing, replyTo]);

  const send = () => {
    if (composer.missed > 0 && !asksAboutMissed) return setAsksAboutMissed(true);
    setAsksAboutMissed(false);
    onWrite();
    composer.send();
    textarea.current?.focus();
  };
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || canned.takesKey(event)) return;
    if (event.key === "Enter" && sendsOnEnter(event)) {
      event.preventDefault();
      send();
    } else if (event.key === "ArrowUp" && composer.text === "" && !editing) {
      event.preventDefault();
      composer.editLast();
    } else if (event.key === "Escape" && (editing ?? replyTo)) {
      if (editing) composer.cancelEdit();
      target.setReplyTo(null);
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    composer.attachments.add(event.clipboardData.files);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setDropping(false);
    composer.attachments.add(event.dataTransfer.files);
  };

  return (
    <section aria-label={isNote ? t("composer.noteLabel") : t("composer.replyLabel")} className="mx-auto w-full max-w-[58rem] shrink-0 px-3 pb-3 sm:px-6 sm:pb-4">
      {composer.missed > 0 && (
        <MissedMessages
          count={composer.missed} isAsked={asksAboutMissed} onSend={send}
          onSeen={() => { composer.acceptMissed(); setAsksAboutMissed(false); }}
        />
      )}
      <div
        onDrop={onDrop} onDragOver={(event) => { event.preventDefault(); setDropping(true); }} onDragLeave={() => setDropping(false)}
        className={cx(
          "relative rounded-xl border shadow-1 transition-colors duration-150",
          isNote ? "border-2 border-dashed border-note-line bg-note" : "border-line-strong bg-surface focus-within:border-accent",
          isDropping && "border-accent bg-accent-soft",
        )}
      >
        <CannedList id={canned.id} offered={canned.offered} active={canned.active} onChoose={canned.choose} />
        <KindTabs kind={isNote ? "note" : "public"} isFixed={editing !== null} onChoose={composer.switchKind} />
        <TargetLine onCancelEdit={composer.cancelEdit} />
        <textarea
          ref={textarea} value={composer.text} rows={2} dir="auto" data-shortcut="composer"
          aria-label={isNote ? t("composer.noteLabel") : t("composer.replyLabel")}
          placeholder={isNote ? t("composer.notePlaceholder") : t("composer.replyPlaceholder")}
          onChange={(event) => { onWrite(); composer.write(event.target.value); }} onKeyDown={onKey} onPaste={onPaste} onSelect={canned.follow}
          aria-autocomplete="list" aria-controls={canned.offered.length > 0 ? canned.id : undefined} aria-activedescendant={canned.offered.length > 0 ? `${canned.id}-${canned.active}` : undefined}
          className={cx("block w-full resize-none bg-transparent px-3.5 py-2 text-base outline-none", isNote && "placeholder:text-note-ink")}
        />
        <AttachmentDrafts drafts={composer.attachments.drafts} onRemove={composer.attachments.remove} />
        <div className="flex items-center gap-0.5 px-2 pb-2">
          <IconButton label={t("composer.attach")} disabled={editing !== null} onClick={() => picker.current?.click()}><Paperclip size={17} /></IconButton>
          <input ref={picker} type="file" multiple hidden onChange={(event) => { composer.attachments.add(event.target.files ?? []); event.target.value = ""; }} />
          <Popover side="top" label={t("composer.emoji")} trigger={<IconButton label={t("composer.emoji")}><Smile size={17} /></IconButton>}>
            <Suspense fallback={<div className="p-8"><Spinner /></div>}>
              <EmojiPicker onPick={(emoji) => composer.write(insertAt(textarea.current, composer.text, emoji))} />
            </Suspense>
          </Popover>
          <span className="ml-auto" />
          <Button
            size="small" tone={isNote ? "note" : "primary"} disabled={!composer.canSend} busy={composer.isSaving} onClick={send}
            icon={isNote ? <Lock size={14} /> : <SendHorizontal size={15} />} className="h-8 px-3"
          >
            {editing ? t("composer.saveEdit") : isNote ? t("composer.addNote") : t("composer.sendReply")}
          </Button>
        </div>
      </div>
    </section>
  );
}

function KindTabs({ kind, isFixed, onChoose }: { kind: Kind; isFixed: boolean; onChoose: (kind: Kind) => void }) {
  const t = useT();
  const tab = "flex h-8 items-center gap-1.5 border-b-2 px-2 text-sm disabled:opacity-40";
  return (
    <div role="group" aria-label={t("composer.kind")} className="flex gap-1 px-2 pt-1">
      <button type="button" aria-pressed={kind === "public"} disabled={isFixed && kind !== "public"} onClick={() => onChoose("public")} className={cx(tab, kind === "public" ? "border-accent font-semibold text-accent-strong" : "border-transparent text-ink-2 hover:text-ink")}>
        <MessageSquareText size={14} />{t("composer.reply")}
      </button>
      <button type="button" aria-pressed={kind === "note"} disabled={isFixed && kind !== "note"} onClick={() => onChoose("note")} className={cx(tab, kind === "note" ? "border-note-strong font-semibold text-note-ink" : "border-transparent text-ink-2 hover:text-ink")}>
        <Lock size={13} />{t("composer.note")}
      </button>
      {kind === "note" && <span className="ml-auto self-center px-1 text-xs font-medium text-note-ink">{t("composer.noteHint")}</span>}
    </div>
  );
}

function fitHeight(element: HTMLTextAreaElement | null): void {
  if (!element) return;
  element.style.height = "auto";
  element.style.height = `${Math.min(element.scrollHeight, HEIGHT_PX_MAX)}px`;
  element.style.overflowY = element.scrollHeight > HEIGHT_PX_MAX ? "auto" : "hidden";
}

function insertAt(element: HTMLTextAreaElement | null, text: string, piece: string): string {
  const start = element?.selectionStart ?? text.length;
  const end = element?.selectionEnd ?? text.length;
  return text.slice(0, start) + piece + text.slice(end);
}
