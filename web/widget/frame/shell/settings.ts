/** Language and theme: what the website asked for, then what the widget is set to, then what the browser prefers. */

import type { Theme } from "../../protocol.ts";
import type { ChatState } from "../chat/state.ts";
import { Store } from "../chat/store.ts";
import { type Language, pickLanguage } from "../i18n/catalogue.ts";

interface Wishes {
  locale: string | null;
  theme: Theme;
}

export class Settings extends Store<Wishes> {
  readonly #chat: Store<ChatState>;

  constructor(chat: Store<ChatState>) {
    super({ locale: null, theme: "auto" });
    this.#chat = chat;
  }

  get language(): Language {
    const configured = this.#chat.state.config?.locale ?? "auto";
    const wishes = [this.state.locale, configured === "auto" ? null : configured, ...navigator.languages];
    return pickLanguage(wishes);
  }
}
