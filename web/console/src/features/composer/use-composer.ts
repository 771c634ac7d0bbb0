/** State of the composer: text, kind, draft, edit, what came meanwhile; and sending. */
import { answer, type Draft, type Message } from "@tertulia/api-client";
import { applyOwnMessage } from "@tertulia/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api } from "../../app/api.ts";
import { notifyFailure } from "../../app/problems.ts";
import { useT } from "../../i18n/use-t.ts";
import { useLiveClient } from "../../live/hooks.ts";
import { useInboxes } from "../directory/queries.ts";
import { mayEdit } from "../message/allowed.ts";
import { useMe } from "../session/use-me.ts";
import { cameSince } from "./stale.ts";
import { useComposerTarget } from "./target.ts";
import { useAttachments } from "./use-attachments.ts";
import { draftQuery, useDraftSaver } from "./use-draft.ts";

export type Kind = "public" | "note";
const TYPING_REPEAT_MS = 3_000;

/** `isLatest`: the messages end with the newest, so who writes has seen them. */
export function useComposer(conversationId: number, messages: readonly Message[], isLatest: boolean) {
  const client = useLiveClient();
  const me = useMe();
  const target = useComposerTarget();
  const attachments = useAttachments();
  const inboxes = useInboxes();
  const [text, setText] = useState("");
  const [kind, setKind] = useState<Kind>("public");
  const [seenSeq, setSeenSeq] = useState<number | null>(null);
  const save = useDraftSaver(conversationId);
  const typing = useTypingSignal(conversationId);
  const lastSeq = messages.at(-1)?.seq ?? 0;
  const { replyTo, editing } = target;

  useStoredDraft(conversationId, (draft) => {
    setText((current) => current || draft.text);
    setKind(draft.visibility === "note" ? "note" : "public");
    const quoted = messages.find(({ id }) => id === draft.reply_to);
    if (quoted) target.setReplyTo({ id: quoted.id, seq: quoted.seq, sender_name: quoted.sender.name, text: quoted.text });
  });
  useEffect(() => {
    if (editing) setText(editing.text);
  }, [editing]);

  useEffect(() => {
    if (isLatest) setSeenSeq((seen) => seen ?? (text ? lastSeq : null));
  }, [isLatest]);

  const write = (next: string) => {
    setText(next);
    if (next && !text) setSeenSeq(isLatest ? lastSeq : null);
    if (!next) setSeenSeq(null);
    if (editing) return;
    if (kind === "public") typing(next !== "");
    save({ text: next, visibility: kind, reply_to: replyTo?.id ?? null });
  };
  const switchKind = (next: Kind) => {
    setKind(next);
    typing(false);
    if (text) save({ text, visibility: next, reply_to: replyTo?.id ?? null });
  };
  const reset = () => {
    setText("");
    setSeenSeq(null);
    attachments.clear();
    target.setReplyTo(null);
    target.setEditing(null);
    typing(false);
    save({ text: "", visibility: kind, reply_to: null });
  };
  const edit = useEdit(reset);
  const cancelEdit = () => {
    target.setEditing(null);
    setText("");
  };
  const editLast = () => {
    const last = messages.findLast(
      ({ sender, content, deleted_at }) => sender.kind === "agent" && sender.id === me.user.id && content.type === "text" && !deleted_at,
    );
    const can = inboxes.find(({ id }) => id === last?.inbox_id)?.capabilities;
    if (last && mayEdit(last, me.user.id, can)) target.setEditing(last);
  };

  const canSend = editing ? text.trim() !== "" : !attachments.isBusy && (text.trim() !== "" || attachments.ready.length > 0);
  const missed = kind === "public" && !editing ? cameSince(messages, seenSeq) : 0;
  const send = () => {
    if (!canSend) return;
    if (editing) return edit.mutate({ message: editing, text: text.trim() });
    const [first] = attachments.ready;
    client.outbox.add(String(conversationId), {
      conversation_id: conversationId,
      content: { type: first ? first.kind : "text", text: text.trim() },
      visibility: kind,
      reply_to: replyTo,
      attachments: attachments.ready,
      expected_seq: kind === "public" && lastSeq > 0 ? lastSeq : null,
    });
    reset();
  };

  return {
    text, write, kind, switchKind, send, canSend, missed, attachments, editLast, cancelEdit,
    acceptMissed: () => setSeenSeq(lastSeq),
    isSaving: edit.isPending,
  };
}

function useStoredDraft(conversationId: number, apply: (draft: Draft) => void): void {
  const { data: draft } = useQuery(draftQuery(conversationId));
  const applied = useRef(false);
  useEffect(() => {
    if (!draft || applied.current) return;
    applied.current = true;
    apply(draft);
  }, [draft, apply]);
}

function useEdit(done: () => void) {
  const t = useT();
  const { store } = useLiveClient();
  return useMutation({
    mutationFn: ({ message, text }: { message: Message; text: string }) =>
      answer(
        api.PATCH("/v1/conversations/{id}/messages/{message_id}", {
          params: { path: { id: message.conversation_id, message_id: message.id } },
          body: { text },
        }),
      ),
    onSuccess: (changed) => {
      store.update((state) => applyOwnMessage(state, changed));
      done();
    },
    onError: notifyFailure(t),
  });
}

/** Tells the customer that an answer is being written: again while it goes on, and when it stops. */
function useTypingSignal(conversationId: number): (on: boolean) => void {
  const client = useLiveClient();
  const sentAt = useRef(0);
  const signal = (on: boolean) => {
    if (!on && sentAt.current === 0) return;
    const now = Date.now();
    if (on && now - sentAt.current < TYPING_REPEAT_MS) return;
    sentAt.current = on ? now : 0;
    client.setTyping(conversationId, on);
  };
  const stop = useRef(signal);
  stop.current = signal;
  useEffect(() => () => stop.current(false), []);
  return signal;
}
