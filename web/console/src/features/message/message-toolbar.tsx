import { answer } from "@tertulia/api-client";
import { applyOwnMessage, QUICK_REACTIONS, type Message } from "@tertulia/core";
import { useMutation } from "@tanstack/react-query";
import { Copy, MoreHorizontal, Pencil, Reply, SmilePlus, Trash2 } from "lucide-react";
import { useState } from "react";
import { api } from "../../app/api.ts";
import { notifyFailure } from "../../app/problems.ts";
import { useT } from "../../i18n/use-t.ts";
import { useLiveClient } from "../../live/hooks.ts";
import { IconButton } from "../../ui/button.tsx";
import { cx } from "../../ui/classes.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { Popover } from "../../ui/popover.tsx";
import { useComposerTarget } from "../composer/target.ts";
import { useCapabilities } from "../directory/queries.ts";
import { useMe } from "../session/use-me.ts";
import { mayDelete, mayEdit, mayReact } from "./allowed.ts";
import { useReact } from "./reactions.tsx";

/** What can be done with a message; shown when the pointer or the keyboard is there. */
export function MessageToolbar({ message }: { message: Message }) {
  const t = useT();
  const me = useMe();
  const target = useComposerTarget();
  const [asksToDelete, setAsksToDelete] = useState(false);
  const remove = useDelete(message, () => setAsksToDelete(false));
  const can = useCapabilities(message.inbox_id);
  const reply = () =>
    target.setReplyTo({ id: message.id, seq: message.seq, sender_name: message.sender.name, text: message.text });

  return (
    <div
      className={cx(
        "flex h-9 shrink-0 items-center self-center rounded-md opacity-0 transition-opacity",
        "group-focus-within/message:opacity-100 group-hover/message:opacity-100 has-[[data-state=open]]:opacity-100 pointer-coarse:opacity-60",
      )}
    >
      <span className="hidden sm:contents">
        {mayReact(message, can) && <ReactionPicker message={message} />}
        <IconButton label={t("message.reply")} onClick={reply}><Reply size={16} /></IconButton>
      </span>
      <Menu align="end" trigger={<IconButton label={t("message.more")}><MoreHorizontal size={16} /></IconButton>}>
        <MenuItem icon={<Reply size={15} />} onSelect={reply}>{t("message.reply")}</MenuItem>
        {message.text && <MenuItem icon={<Copy size={15} />} onSelect={() => void navigator.clipboard.writeText(message.text)}>{t("message.copy")}</MenuItem>}
        {mayEdit(message, me.user.id, can) && (
          <MenuItem icon={<Pencil size={15} />} onSelect={() => target.setEditing(message)}>{t("message.edit")}</MenuItem>
        )}
        {mayDelete(message, me.user.id, can) && (
          <MenuItem danger icon={<Trash2 size={15} />} onSelect={() => setAsksToDelete(true)}>{t("message.delete")}</MenuItem>
        )}
      </Menu>
      <Confirm
        open={asksToDelete} onClose={() => setAsksToDelete(false)} busy={remove.isPending} onConfirm={() => remove.mutate()}
        title={t("message.deleteTitle")} text={t("message.deleteText")} confirmLabel={t("message.delete")}
      />
    </div>
  );
}

function useDelete(message: Message, done: () => void) {
  const t = useT();
  const { store } = useLiveClient();
  return useMutation({
    mutationFn: () =>
      answer(api.DELETE("/v1/conversations/{id}/messages/{message_id}", { params: { path: { id: message.conversation_id, message_id: message.id } } })),
    onSuccess: (deleted) => {
      store.update((state) => applyOwnMessage(state, deleted));
      done();
    },
    onError: notifyFailure(t),
  });
}

function ReactionPicker({ message }: { message: Message }) {
  const t = useT();
  const { react } = useReact(message);
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover open={isOpen} onOpenChange={setOpen} label={t("message.react")} side="top" align="center" trigger={<IconButton label={t("message.react")}><SmilePlus size={16} /></IconButton>}>
      <div className="flex p-1">
        {QUICK_REACTIONS.map((emoji) => (
          <button key={emoji} type="button" className="size-9 rounded-md text-xl hover:bg-hover" onClick={() => { react(emoji); setOpen(false); }}>
            {emoji}
          </button>
        ))}
      </div>
    </Popover>
  );
}
