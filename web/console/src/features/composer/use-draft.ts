/** The unsent text, kept on the server, so that it is there on the next machine too. */
import { answer, type Draft } from "@tertulia/api-client";
import { queryOptions } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { api } from "../../app/api.ts";

const SAVE_PAUSE_MS = 700;

export type DraftText = Omit<Draft, "updated_at">;

export const draftQuery = (conversationId: number) =>
  queryOptions({
    queryKey: ["draft", conversationId],
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
    queryFn: async () => (await answer(api.GET("/v1/conversations/{id}/draft", { params: { path: { id: conversationId } } }))) ?? null,
  });

/** Saves after a pause in writing, and what is left when the conversation is closed. */
export function useDraftSaver(conversationId: number) {
  const pending = useRef<DraftText | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const draft = pending.current;
    pending.current = null;
    if (draft) void store(conversationId, draft);
  }, [conversationId]);

  useEffect(() => flush, [flush]);

  return useCallback(
    (draft: DraftText) => {
      pending.current = draft;
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, SAVE_PAUSE_MS);
    },
    [flush],
  );
}

/** A draft that cannot be saved is still on the screen; the next pause tries again. */
async function store(id: number, draft: DraftText): Promise<void> {
  const params = { path: { id } };
  const isEmpty = draft.text.trim() === "" && draft.reply_to === null;
  const call = isEmpty
    ? answer(api.DELETE("/v1/conversations/{id}/draft", { params }))
    : answer(api.PUT("/v1/conversations/{id}/draft", { params, body: draft }));
  await call.catch(() => undefined);
}
