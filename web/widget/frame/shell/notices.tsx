import { useEffect, useState } from "preact/hooks";
import { useShell } from "./context.ts";

/** A reconnect that takes less than this is nobody's concern. */
const PATIENCE_MS = 2_000;

export function Notices() {
  const { state, t } = useShell();
  const isCut = !state.isOnline || state.stream === "waiting";
  const [isOffline, setOffline] = useState(false);
  useEffect(() => {
    if (!isCut) return setOffline(false);
    const timer = setTimeout(() => setOffline(true), state.isOnline ? PATIENCE_MS : 0);
    return () => clearTimeout(timer);
  }, [isCut, state.isOnline]);
  return (
    <div class="notices" role="status">
      {isOffline && <p class="notice warning">{t("offline")}</p>}
      {!state.isKept && <p class="notice">{t("not_kept")}</p>}
      {state.refusal !== null && <p class="notice warning">{t(state.refusal)}</p>}
    </div>
  );
}
