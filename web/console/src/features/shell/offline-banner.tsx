import { CloudOff } from "lucide-react";
import { useEffect, useState } from "react";
import { useT } from "../../i18n/use-t.ts";
import { useStreamState } from "../../live/hooks.ts";

/** A connection that comes back at once is nobody's business. */
const PATIENCE_MS = 2_500;

export function OfflineBanner() {
  const t = useT();
  const state = useStreamState();
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (state === "live") return;
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [state === "live"]);
  if (state === "live" || !isLong) return null;
  return (
    <div role="status" className="flex items-center justify-center gap-2 bg-note px-4 py-1.5 text-sm text-note-ink">
      <CloudOff size={15} className="shrink-0" />
      {t("nav.offline")}
    </div>
  );
}
