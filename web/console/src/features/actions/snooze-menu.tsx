import type { Conversation } from "@tertulia/api-client";
import { AlarmClock } from "lucide-react";
import { useState } from "react";
import { useLanguage } from "../../i18n/use-t.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Dialog, DialogActions } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/field.tsx";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "../../ui/menu.tsx";
import { SNOOZE_PRESETS, snoozeTime, toLocalInput } from "./snooze-times.ts";
import { useActions } from "./use-actions.ts";

export function SnoozeMenu({ conversation }: { conversation: Conversation }) {
  const { t, locale } = useLanguage();
  const { mutate } = useActions(conversation.id);
  const [custom, setCustom] = useState<string | null>(null);
  const now = new Date();
  const format = new Intl.DateTimeFormat(locale, { weekday: "short", hour: "numeric", minute: "2-digit" });
  const snooze = (until: Date) => mutate({ do: "snooze", until: until.toISOString() });
  const chosen = custom ? new Date(custom) : null;
  const isPast = chosen !== null && !(chosen > now);
  return (
    <>
      <Menu align="end" trigger={<IconButton label={t("action.snooze")}><AlarmClock size={17} /></IconButton>}>
        <MenuLabel>{t("action.snoozeUntil")}</MenuLabel>
        {SNOOZE_PRESETS.map((preset) => {
          const time = snoozeTime(preset, now);
          return time && (
            <MenuItem key={preset} onSelect={() => snooze(time)}>
              <span className="flex gap-6"><span className="flex-1">{t(`snooze.${preset}`)}</span><span className="text-ink-3 tabular-nums">{format.format(time)}</span></span>
            </MenuItem>
          );
        })}
        <MenuSeparator />
        <MenuItem onSelect={() => setCustom(toLocalInput(snoozeTime("tomorrow", now) ?? now))}>{t("snooze.custom")}</MenuItem>
      </Menu>
      <Dialog open={custom !== null} onClose={() => setCustom(null)} title={t("action.snoozeUntil")}>
        <TextField
          type="datetime-local" label={t("snooze.time")} value={custom ?? ""} min={toLocalInput(now)}
          error={isPast ? t("snooze.past") : undefined} onChange={(event) => setCustom(event.target.value)}
        />
        <DialogActions>
          <Button onClick={() => setCustom(null)}>{t("common.cancel")}</Button>
          <Button tone="primary" disabled={!chosen || isPast} onClick={() => { if (chosen) snooze(chosen); setCustom(null); }}>{t("action.snooze")}</Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
