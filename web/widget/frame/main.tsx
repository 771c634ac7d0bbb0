/** Starts the frame: finds the key in its own address, waits for the page around it, shows the chat. */

import { render } from "preact";
import { Chat } from "./chat/chat.ts";
import { openStorage } from "./chat/storage.ts";
import { App } from "./shell/app.tsx";
import { Bridge } from "./shell/bridge.ts";
import { connectPage } from "./shell/page.ts";
import { Settings } from "./shell/settings.ts";
import "./style/index.css";

const key = new URLSearchParams(location.search).get("key") ?? "";
const root = document.getElementById("app");
if (root !== null) {
  const bridge = new Bridge(window.parent === window ? null : window.parent);
  const chat = new Chat(location.origin, key, openStorage(key), {
    onUnread: (count) => bridge.post({ type: "unread", count }),
    onHistory: (exists) => bridge.post({ type: "history", exists }),
    onMessage: ({ id, text, sender, created_at }) =>
      bridge.post({ type: "message", message: { id, text, sender_name: sender.name, at: created_at } }),
  });
  const settings = new Settings(chat.store);
  const close = () => {
    if (!bridge.isEmbedded) return;
    chat.show(false);
    bridge.post({ type: "close" });
  };
  render(<App chat={chat} settings={settings} onClose={close} />, root);
  connectPage(bridge, chat, settings);
}
