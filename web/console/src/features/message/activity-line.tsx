import { formatTime, type Message } from "@tertulia/core";
import { useLanguage } from "../../i18n/use-t.ts";
import { activityText } from "./activity-text.ts";

export function ActivityLine({ message }: { message: Message }) {
  const { t, locale } = useLanguage();
  return (
    <p className="my-1.5 text-center text-xs text-ink-3">
      {activityText(message, t, locale)}
      <time className="ml-2 tabular-nums" dateTime={message.created_at}>{formatTime(message.created_at, locale)}</time>
    </p>
  );
}
