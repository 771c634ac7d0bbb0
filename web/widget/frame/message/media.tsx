import { type Attachment, formatBytes, safeHref } from "@tertulia/core";
import { useShell } from "../shell/context.ts";
import { Icon } from "../shell/icons.tsx";

export function Attachments({ attachments }: { attachments: readonly Attachment[] }) {
  if (attachments.length === 0) return null;
  return (
    <div class="attachments">
      {attachments.map((attachment) => <Media key={attachment.token} attachment={attachment} />)}
    </div>
  );
}

function Media({ attachment }: { attachment: Attachment }) {
  const { t } = useShell();
  const { kind, name, url, thumbnail_url, width, height, state } = attachment;
  // Its name is all there is, for now or for good.
  if (state !== "ready") return <span class="file"><span class="file-name" dir="auto">{name}</span></span>;
  switch (kind) {
    case "image":
      return (
        <FileLink attachment={attachment} label={name || t("picture")} className="picture">
          <img src={thumbnail_url ?? url} alt={name || t("picture")} width={width ?? undefined} height={height ?? undefined} loading="lazy" />
        </FileLink>
      );
    case "audio":
      return <audio controls preload="metadata" src={url} aria-label={name} />;
    case "video":
      return <video controls preload="metadata" src={url} poster={thumbnail_url ?? undefined} aria-label={name} />;
    case "file":
      return <FileCard attachment={attachment} />;
  }
}

function FileCard({ attachment }: { attachment: Attachment }) {
  const { language } = useShell();
  return (
    <FileLink attachment={attachment} label={attachment.name} className="file">
      <span class="file-icon"><Icon name="file" /></span>
      <span class="file-name" dir="auto">{attachment.name}</span>
      <span class="file-size">{formatBytes(attachment.size_bytes, language)}</span>
    </FileLink>
  );
}

interface FileLinkProps {
  attachment: Attachment;
  label: string;
  className: string;
  children: preact.ComponentChildren;
}

/** Files come from our own server; an address of any other kind is not made into a link. */
function FileLink({ attachment, label, className, children }: FileLinkProps) {
  const href = safeHref(new URL(attachment.url, location.href).href);
  if (href === null) return <span class={className}>{children}</span>;
  return (
    <a class={className} href={href} target="_blank" rel="noopener noreferrer" aria-label={label}>{children}</a>
  );
}

export function Sticker({ attachment, text }: { attachment: Attachment | undefined; text: string }) {
  const { t } = useShell();
  if (attachment === undefined) return <p class="text big">{text || t("sticker")}</p>;
  return <img class="sticker" src={attachment.url} alt={text || t("sticker")} />;
}
