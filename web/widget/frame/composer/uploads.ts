/** Files that are being added to the next message: uploaded at once, so that sending it is only text. */

import type { Attachment } from "@tertulia/core";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../chat/api.ts";
import type { Chat } from "../chat/chat.ts";

/** The server decides; this only saves an upload that cannot succeed. */
export const FILE_BYTES_MAX = 25 * 1024 * 1024;
export const FILES_MAX = 10;

export interface Upload {
  readonly id: number;
  readonly file: File;
  /** A picture to show before the server has one. */
  readonly preview: string | null;
  /** From 0 to 1. */
  readonly progress: number;
  readonly attachment: Attachment | null;
  readonly error: "upload_failed" | "too_large" | null;
}

export function useUploads(chat: Chat) {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const running = useRef(new Map<number, AbortController>());
  const nextId = useRef(1);

  const change = useCallback((id: number, part: Partial<Upload>) => {
    setUploads((all) => all.map((each) => (each.id === id ? { ...each, ...part } : each)));
  }, []);
  const start = useCallback(
    async ({ id, file }: Upload) => {
      const controller = new AbortController();
      running.current.set(id, controller);
      change(id, { error: null, progress: 0 });
      try {
        await chat.ensureVisitor();
        const attachment = await chat.api.upload(file, (progress) => change(id, { progress }), controller.signal);
        change(id, { attachment, progress: 1 });
      } catch (error) {
        const tooLarge = error instanceof ApiError && error.status === 413;
        change(id, { error: tooLarge ? "too_large" : "upload_failed" });
      }
      running.current.delete(id);
    },
    [chat, change],
  );
  const add = useCallback(
    (files: readonly File[]) => {
      const added = files.map((file): Upload => {
        const preview = file.type.startsWith("image/") ? URL.createObjectURL(file) : null;
        const error = file.size > FILE_BYTES_MAX ? "too_large" : null;
        return { id: nextId.current++, file, preview, progress: 0, attachment: null, error };
      });
      setUploads((all) => [...all, ...added].slice(0, FILES_MAX));
      for (const upload of added) if (upload.error === null) void start(upload);
    },
    [start],
  );
  const remove = useCallback((upload: Upload) => {
    running.current.get(upload.id)?.abort();
    release(upload);
    setUploads((all) => all.filter(({ id }) => id !== upload.id));
  }, []);
  const clear = useCallback(() => {
    setUploads((all) => {
      all.forEach(release);
      return [];
    });
  }, []);
  useEffect(() => {
    const { current } = running;
    return () => current.forEach((controller) => controller.abort());
  }, []);
  return { uploads, add, remove, clear, retry: start };
}

function release({ preview }: Upload): void {
  if (preview !== null) URL.revokeObjectURL(preview);
}
