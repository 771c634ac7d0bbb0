import type { Channel } from "@tertulia/api-client";
import { Code2, Globe, Send } from "lucide-react";

const icons = { widget: Globe, api: Code2, telegram: Send } satisfies Record<Channel, typeof Globe>;

/** What a channel looks like, wherever inboxes are listed. */
export function ChannelIcon({ channel, size, className }: { channel: Channel; size: number; className?: string }) {
  const Icon = icons[channel];
  return <Icon size={size} aria-hidden {...(className ? { className } : {})} />;
}
