import type { Attachment } from "@tertulia/api-client";
import { useRef, useState } from "react";
import { explain } from "../../app/problems.ts";
import { useT } from "../../i18n/use-t.ts";
import { upload, type Upload } from "./upload.ts";

export interface Draft {
  key: number;
  name: string;
  /** 0 to 1. */
  progress: number;
  attachment: Attachment | null;
  error: string | null;
}

/** Files of the message that is being written: each is uploaded as soon as it is chosen. */
export function useAttachments() {
  const t = useT();
  const [drafts, setDrafts] = useState<readonly Draft[]>([]);
  const uploads = useRef(new Map<number, Upload>());
  const lastKey = useRef(0);
  const change = (key: number, part: Partial<Draft>) =>
    setDrafts((current) => current.map((draft) => (draft.key === key ? { ...draft, ...part } : draft)));

  const add = (files: Iterable<File>) => {
    for (const file of files) {
      const key = ++lastKey.current;
      setDrafts((current) => [...current, { key, name: file.name, progress: 0, attachment: null, error: null }]);
      const started = upload(file, (progress) => change(key, { progress }));
      uploads.current.set(key, started);
      started.done.then(
        (attachment) => change(key, { attachment, progress: 1 }),
        (error: unknown) => change(key, { error: explain(error, t) }),
      );
    }
  };
  const remove = (key: number) => {
    uploads.current.get(key)?.cancel();
    uploads.current.delete(key);
    setDrafts((current) => current.filter((draft) => draft.key !== key));
  };
  const clear = () => setDrafts([]);
  return {
    drafts, add, remove, clear,
    ready: drafts.flatMap(({ attachment }) => (attachment ? [attachment] : [])),
    isBusy: drafts.some(({ attachment, error }) => !attachment && !error),
  };
}
