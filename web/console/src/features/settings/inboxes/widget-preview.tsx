import type { WidgetSettings } from "@tertulia/api-client";
import { seal } from "@tertulia/widget/protocol";
import { MessageCircle } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useT } from "../../../i18n/use-t.ts";
import { cx } from "../../../ui/classes.ts";

/** The widget itself, shown with the fields beside it; nothing is saved, and nothing can be done in it. */
export function WidgetPreview({ look, greeting }: { look: WidgetSettings; greeting: string }) {
  const t = useT();
  const frame = useRef<HTMLIFrameElement>(null);
  const [isLoaded, setLoaded] = useState(false);
  useEffect(() => {
    if (!isLoaded) return;
    const config = { ...look, greeting, enforce_identity: false, online: true, team: [] };
    frame.current?.contentWindow?.postMessage(seal({ type: "preview", config }), window.location.origin);
  }, [isLoaded, look, greeting]);
  return (
    <figure className="sticky top-4">
      <figcaption className="mb-1 text-sm font-medium text-ink-2">{t("settings.widget.preview")}</figcaption>
      <div className={cx("flex flex-col gap-3 rounded-lg border border-line bg-sunken p-4", look.position === "right" ? "items-end" : "items-start")} aria-hidden="true" inert>
        <iframe
          ref={frame}
          title={t("settings.widget.preview")}
          src={`/widget/frame?key=${encodeURIComponent(look.key)}`}
          className="h-[30rem] w-full rounded-xl border border-line bg-raised shadow-2"
          onLoad={() => setLoaded(true)}
        />
        <span className="flex size-12 items-center justify-center rounded-full shadow-2" style={{ background: look.color, color: readableOn(look.color) }}>
          <MessageCircle size={22} />
        </span>
      </div>
    </figure>
  );
}

/** Black or white, whichever reads better on a colour: by relative luminance as WCAG counts it. */
export function readableOn(color: string): "#ffffff" | "#000000" {
  const channels = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > 0.179 ? "#000000" : "#ffffff";
}
