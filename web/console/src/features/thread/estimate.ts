/** How high a row probably is, until it has been measured: the better the guess, the calmer the scroll bar. */
import type { Attachment } from "@tertulia/core";
import type { ThreadItem } from "./items.ts";

const HEIGHTS_PX = { day: 52, unread: 42, activity: 30 } as const;
const LINE_PX = 22;
const LINE_CHARS = 70;
/** Frame, padding and margin of a bubble. */
const BUBBLE_PX = 24;
const NAME_PX = 30;
const TIME_PX = 18;
const QUOTE_PX = 52;
const FILE_PX = 60;
const IMAGE_PX_MAX = 264;

export function estimatedPx(item: ThreadItem | undefined): number {
  if (item === undefined) return LINE_PX;
  if (item.kind !== "bubble") return HEIGHTS_PX[item.kind];
  const { bubble } = item;
  const { content, reply_to, attachments } = bubble.kind === "message" ? bubble.message : bubble.item.payload;
  const text = "text" in content ? content.text : "";
  const files_px = attachments.reduce((sum, each) => sum + attachmentPx(each), 0);
  const around_px = (item.startsGroup ? NAME_PX : 0) + (item.endsGroup ? TIME_PX : 0) + (reply_to ? QUOTE_PX : 0);
  return BUBBLE_PX + linesOf(text) * LINE_PX + files_px + around_px;
}

function linesOf(text: string): number {
  return text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / LINE_CHARS)), 0);
}

function attachmentPx({ kind, height }: Attachment): number {
  return kind === "image" ? Math.min(height ?? IMAGE_PX_MAX, IMAGE_PX_MAX) : FILE_PX;
}
