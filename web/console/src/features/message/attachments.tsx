import { formatBytes, type Attachment } from "@tertulia/core";
import { Download, FileClock, FileText, FileX } from "lucide-react";
import { useState } from "react";
import { useLanguage } from "../../i18n/use-t.ts";
import { Lightbox } from "./lightbox.tsx";

const THUMBNAIL_PX_MAX = 280;

export function Attachments({ attachments }: { attachments: readonly Attachment[] }) {
  const { t } = useLanguage();
  const [openIndex, setOpenIndex] = useState<number | null>(null);
  if (attachments.length === 0) return null;
  const images = attachments.filter(({ kind, state }) => kind === "image" && state === "ready");
  const others = attachments.filter((attachment) => !images.includes(attachment));
  return (
    <div className="flex flex-col gap-2">
      {images.length > 0 && (
        <div className={images.length > 1 ? "grid max-w-96 grid-cols-2 gap-1.5 [&_img]:aspect-square [&_img]:size-full" : "flex"}>
          {images.map((image, index) => (
            <button key={image.id} type="button" onClick={() => setOpenIndex(index)} aria-label={t("message.openImage", { name: image.name })} className="overflow-hidden rounded-md border border-line bg-sunken">
              <img src={image.thumbnail_url ?? image.url} alt={image.name} loading="lazy" className="block max-h-64 max-w-full object-cover" {...thumbnailSize(image)} />
            </button>
          ))}
        </div>
      )}
      {others.map((attachment) => <OtherAttachment key={attachment.id} attachment={attachment} />)}
      {openIndex !== null && <Lightbox images={images} index={openIndex} onMove={setOpenIndex} onClose={() => setOpenIndex(null)} />}
    </div>
  );
}

/** The size is known before the picture is there, so that nothing jumps. */
function thumbnailSize({ width, height }: Attachment): { width?: number; height?: number } {
  if (!width || !height) return {};
  const scale = Math.min(1, THUMBNAIL_PX_MAX / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

function OtherAttachment({ attachment }: { attachment: Attachment }) {
  const { t, locale } = useLanguage();
  const { kind, url, name, size_bytes, state } = attachment;
  if (state !== "ready") return <AbsentAttachment attachment={attachment} />;
  if (kind === "audio") return <audio controls preload="metadata" src={url} aria-label={name} className="h-10 w-72 max-w-full" />;
  if (kind === "video") return <video controls preload="metadata" src={url} aria-label={name} className="max-h-72 max-w-full rounded-md" />;
  return (
    <a href={url} download={name} className="flex max-w-80 items-center gap-3 rounded-md border border-line bg-surface px-3 py-2 hover:bg-hover" aria-label={t("message.download", { name })}>
      <FileText size={22} className="shrink-0 text-ink-3" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{name}</span>
        <span className="block text-xs text-ink-3">{formatBytes(size_bytes, locale)}</span>
      </span>
      <Download size={16} className="shrink-0 text-ink-3" />
    </a>
  );
}

/** A file that the channel has only named: it is on its way, or will never come. */
function AbsentAttachment({ attachment: { name, state, problem } }: { attachment: Attachment }) {
  const { t } = useLanguage();
  const isFailed = state === "failed";
  const Icon = isFailed ? FileX : FileClock;
  return (
    <div className="flex max-w-80 items-center gap-3 rounded-md border border-dashed border-line px-3 py-2">
      <Icon size={22} className="shrink-0 text-ink-3" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{name}</span>
        <span className="block text-xs text-ink-3">{isFailed ? t("message.fileFailed", { reason: problem ?? "" }) : t("message.fileFetching")}</span>
      </span>
    </div>
  );
}
