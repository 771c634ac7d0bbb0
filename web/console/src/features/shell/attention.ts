/** The number of unread conversations in the tab: in the title and on the icon. */
import { unreadCountOf } from "@tertulia/core";
import { useEffect } from "react";
import { useLive } from "../../live/hooks.ts";
import { useMe } from "../session/use-me.ts";

const ICON_PATH = "M5 4h22a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H14l-7 6v-6H5a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3z";

export function useAttention(): void {
  const { user } = useMe();
  const unread = useLive((state) => {
    let count = 0;
    for (const { id, assignee, status } of state.conversations.values()) {
      const isMine = assignee === null || assignee.id === user.id;
      if (isMine && status !== "resolved" && unreadCountOf(state, id) > 0) count += 1;
    }
    return count;
  });
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) Tertulia` : "Tertulia";
    drawIcon(unread > 0);
  }, [unread]);
}

function drawIcon(hasDot: boolean): void {
  const link = document.querySelector<HTMLLinkElement>("link[rel=icon]");
  if (!link) return;
  if (!hasDot) {
    link.href = "/assets/favicon.svg";
    return;
  }
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 32;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.fillStyle = "#1d6b59";
  pen.fill(new Path2D(ICON_PATH));
  pen.fillStyle = "#f26a2e";
  pen.beginPath();
  pen.arc(23, 9, 8, 0, 2 * Math.PI);
  pen.fill();
  link.href = canvas.toDataURL();
}
