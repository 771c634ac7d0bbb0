import { CircleAlert, FileText, MessageCircleWarning, Pencil, Reply, X } from "lucide-react";
import { useT } from "../../i18n/use-t.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { cx } from "../../ui/classes.ts";
import { useComposerTarget } from "./target.ts";
import type { Draft } from "./use-attachments.ts";

/** What the text is about: the message that is answered or edited. */
export function TargetLine({ onCancelEdit }: { onCancelEdit: () => void }) {
  const t = useT();
  const { replyTo, editing, setReplyTo } = useComposerTarget();
  if (!replyTo && !editing) return null;
  return (
    <div className="mx-3 mt-1.5 flex items-center gap-2 rounded-md bg-sunken py-1 pr-1 pl-2.5 text-sm text-ink-2">
      {editing ? <Pencil size={14} className="shrink-0" /> : <Reply size={14} className="shrink-0" />}
      <span className="min-w-0 flex-1 truncate">
        <span className="font-medium">{editing ? t("composer.editing") : t("composer.replyingTo", { name: replyTo?.sender_name ?? "" })}</span>
        {!editing && <span className="text-ink-3"> {replyTo?.text}</span>}
      </span>
      <IconButton label={t("common.cancel")} size="tiny" onClick={() => (editing ? onCancelEdit() : setReplyTo(null))}>
        <X size={14} />
      </IconButton>
    </div>
  );
}

interface MissedProps {
  count: number;
  isAsked: boolean;
  onSend: () => void;
  onSeen: () => void;
}

/** The customer wrote while the answer was being written. */
export function MissedMessages({ count, isAsked, onSend, onSeen }: MissedProps) {
  const t = useT();
  return (
    <div role={isAsked ? "alert" : "status"} className={cx("appear mb-2 flex flex-wrap items-center gap-2 rounded-lg border px-3 py-1.5 text-sm", isAsked ? "border-unread text-ink" : "border-line text-ink-2", "bg-surface")}>
      <MessageCircleWarning size={16} className="shrink-0 text-unread" />
      <span className="min-w-0 flex-1">{t(isAsked ? "composer.missedAsk" : "composer.missed", { count })}</span>
      {isAsked && <Button size="small" tone="primary" onClick={onSend}>{t("pending.sendAnyway")}</Button>}
      <Button size="small" tone="ghost" onClick={onSeen}>{t("composer.missedSeen")}</Button>
    </div>
  );
}

export function AttachmentDrafts({ drafts, onRemove }: { drafts: readonly Draft[]; onRemove: (key: number) => void }) {
  const t = useT();
  if (drafts.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-2 px-3 pb-2" aria-label={t("composer.attachments")}>
      {drafts.map((draft) => (
        <li key={draft.key} className={cx("relative flex h-11 max-w-64 items-center gap-2 overflow-hidden rounded-md border pr-1 pl-2", draft.error ? "border-danger bg-danger-soft" : "border-line bg-sunken")}>
          {draft.attachment?.thumbnail_url ? (
            <img src={draft.attachment.thumbnail_url} alt="" className="size-8 rounded-sm object-cover" />
          ) : draft.error ? (
            <CircleAlert size={18} className="shrink-0 text-danger" />
          ) : (
            <FileText size={18} className="shrink-0 text-ink-3" />
          )}
          <span className="min-w-0">
            <span className="block truncate text-sm">{draft.name}</span>
            {draft.error && <span role="alert" className="block truncate text-xs text-danger">{draft.error}</span>}
          </span>
          <IconButton label={t("composer.removeAttachment", { name: draft.name })} size="tiny" onClick={() => onRemove(draft.key)}><X size={14} /></IconButton>
          {!draft.attachment && !draft.error && (
            <span role="progressbar" aria-label={draft.name} aria-valuenow={Math.round(draft.progress * 100)} className="absolute inset-x-0 bottom-0 h-0.5 bg-line">
              <span className="block h-full bg-accent transition-all" style={{ width: `${draft.progress * 100}%` }} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
