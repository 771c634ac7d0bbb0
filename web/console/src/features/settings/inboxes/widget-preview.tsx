import type { WidgetSettings } from "@tertulia/api-client";
import { MessageCircle, Paperclip, SendHorizontal, Smile } from "lucide-react";
import { useT } from "../../../i18n/use-t.ts";
import { cx } from "../../../ui/classes.ts";

/** A drawing of the widget that follows the fields beside it; nothing is saved or sent. */
export function WidgetPreview({ look, greeting }: { look: WidgetSettings; greeting: string }) {
  const t = useT();
  const ink = readableOn(look.color);
  const end = look.position === "right" ? "items-end" : "items-start";
  return (
    <figure className="sticky top-4">
      <figcaption className="mb-1 text-sm font-medium text-ink-2">{t("settings.widget.preview")}</figcaption>
      <div className={cx("flex flex-col gap-3 rounded-lg border border-line bg-sunken p-4", end)} aria-hidden="true">
        <div className="flex h-[25rem] w-full flex-col overflow-hidden rounded-xl border border-line bg-raised shadow-2">
          <div className="px-4 py-4" style={{ background: look.color, color: ink }}>
            <p className="text-lg font-semibold">{look.title || t("settings.widget.title")}</p>
            <p className="text-sm opacity-90">{look.subtitle}</p>
          </div>
          <div className="flex flex-1 flex-col gap-2 overflow-hidden p-3 text-sm">
            {greeting && <p className="max-w-[85%] self-start rounded-lg bg-sunken px-3 py-2">{greeting}</p>}
            {look.pre_chat.length > 0 ? (
              <div className="flex flex-col gap-2 rounded-lg border border-line p-3">
                {look.pre_chat.map((field) => (
                  <span key={field.key} className="flex flex-col gap-1">
                    <span className="text-xs text-ink-2">{field.label}{field.required && " *"}</span>
                    <span className="h-7 rounded-sm border border-line-strong" />
                  </span>
                ))}
              </div>
            ) : (
              <p className="max-w-[85%] self-end rounded-lg px-3 py-2" style={{ background: look.color, color: ink }}>{t("settings.widget.sample")}</p>
            )}
          </div>
          <div className="flex items-center gap-2 border-t border-line px-3 py-2.5 text-ink-3">
            <span className="flex-1 text-sm">{t("settings.widget.placeholder")}</span>
            {look.emoji_enabled && <Smile size={16} />}
            {look.attachments_enabled && <Paperclip size={16} />}
            <SendHorizontal size={16} style={{ color: look.color }} />
          </div>
        </div>
        <span className="flex size-12 items-center justify-center rounded-full shadow-2" style={{ background: look.color, color: ink }}><MessageCircle size={22} /></span>
      </div>
    </figure>
  );
}

/** Black or white, whichever reads better on a colour: by relative luminance as WCAG counts it. */
export function readableOn(color: string): "#ffffff" | "#1a1a1a" {
  const channels = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > 0.36 ? "#1a1a1a" : "#ffffff";
}
