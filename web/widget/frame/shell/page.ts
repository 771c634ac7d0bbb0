/** What the embedding page asks for. */

import type { PageInfo, PageMessage } from "../../protocol.ts";
import type { Chat } from "../chat/chat.ts";
import type { WidgetConfig } from "../chat/shapes.ts";
import type { Bridge } from "./bridge.ts";
import type { Settings } from "./settings.ts";

export function connectPage(bridge: Bridge, chat: Chat, settings: Settings): void {
  const start = (page: PageInfo) => void chat.start(settings.language, page);
  bridge.listen((message, origin) => {
    switch (message.type) {
      case "start":
        settings.set({ locale: message.locale, theme: message.theme });
        start(message.page);
        return bridge.post({ type: "ready" });
      case "preview":
        return preview(message, origin, chat);
      default:
        return obey(message, chat, settings);
    }
  });
  if (bridge.isEmbedded) return;
  chat.show(true);
  start({ url: location.origin, title: document.title, referrer: document.referrer || null });
}

function obey(message: Exclude<PageMessage, { type: "start" | "preview" }>, chat: Chat, settings: Settings): void {
  switch (message.type) {
    case "shown":
      return chat.show(true);
    case "hidden":
      return chat.show(false);
    case "page":
      return chat.visit(message.page);
    case "identify":
      return void chat.identify(message.identity);
    case "attributes":
      return void chat.setAttributes(message.attributes);
    case "locale":
      settings.set({ locale: message.locale });
      return chat.setLocale(settings.language);
    case "reset":
      return chat.reset();
  }
}

/** Only our own console may show a configuration that the server does not have. */
function preview(message: Extract<PageMessage, { type: "preview" }>, origin: string, chat: Chat): void {
  if (origin !== location.origin) return;
  chat.store.set({ config: message.config as WidgetConfig, phase: "ready", preChatDone: false, isPreview: true });
}
