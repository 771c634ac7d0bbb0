import type { Attachment } from "@tertulia/core";
import { ChevronLeft, ChevronRight, Download, X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { KeyboardEvent } from "react";
import { useT } from "../../i18n/use-t.ts";

interface Props {
  images: readonly Attachment[];
  index: number;
  onMove: (index: number) => void;
  onClose: () => void;
}

export function Lightbox({ images, index, onMove, onClose }: Props) {
  const t = useT();
  const image = images[index];
  if (!image) return null;
  const move = (step: number) => onMove((index + step + images.length) % images.length);
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft") move(-1);
    if (event.key === "ArrowRight") move(1);
  };
  const control = "rounded-full bg-[rgb(0_0_0/45%)] p-2 text-[#fff] hover:bg-[rgb(0_0_0/70%)]";
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fade-in fixed inset-0 z-50 bg-[rgb(10_9_8/85%)]" />
        <Dialog.Content aria-describedby={undefined} onKeyDown={onKey} onClick={(event) => event.target === event.currentTarget && onClose()} className="fixed inset-0 z-50 flex items-center justify-center p-6 focus:outline-none">
          <Dialog.Title className="sr-only">{image.name}</Dialog.Title>
          <img src={image.url} alt={image.name} className="max-h-full max-w-full rounded-md object-contain" />
          <div className="absolute top-4 right-4 flex gap-2">
            <a href={image.url} download={image.name} className={control} aria-label={t("message.download", { name: image.name })}><Download size={18} /></a>
            <Dialog.Close className={control} aria-label={t("common.close")}><X size={18} /></Dialog.Close>
          </div>
          {images.length > 1 && (
            <>
              <button type="button" className={`${control} absolute left-4`} aria-label={t("message.previousImage")} onClick={() => move(-1)}><ChevronLeft /></button>
              <button type="button" className={`${control} absolute right-4`} aria-label={t("message.nextImage")} onClick={() => move(1)}><ChevronRight /></button>
            </>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
