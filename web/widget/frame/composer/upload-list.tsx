import { formatBytes } from "@tertulia/core";
import { useShell } from "../shell/context.ts";
import { Icon } from "../shell/icons.tsx";
import type { Upload } from "./uploads.ts";

interface UploadListProps {
  uploads: readonly Upload[];
  onRemove: (upload: Upload) => void;
  onRetry: (upload: Upload) => void;
}

export function UploadList({ uploads, onRemove, onRetry }: UploadListProps) {
  const { t, language } = useShell();
  if (uploads.length === 0) return null;
  return (
    <ul class="uploads">
      {uploads.map((upload) => (
        <li key={upload.id} class={upload.error === null ? "upload" : "upload wrong"}>
          {upload.preview === null ? <span class="file-icon"><Icon name="file" /></span> : <img src={upload.preview} alt="" />}
          <span class="file-name" dir="auto">{upload.file.name}</span>
          <span class="file-size">{upload.error === null ? formatBytes(upload.file.size, language) : t(upload.error)}</span>
          {upload.attachment === null && upload.error === null && (
            <progress max={1} value={upload.progress} aria-label={upload.file.name} />
          )}
          {upload.error === "upload_failed" && (
            <button type="button" class="text-button" onClick={() => onRetry(upload)}>{t("retry")}</button>
          )}
          <button type="button" class="icon-button small" aria-label={t("remove", { name: upload.file.name })} onClick={() => onRemove(upload)}>
            <Icon name="cross" />
          </button>
        </li>
      ))}
    </ul>
  );
}
