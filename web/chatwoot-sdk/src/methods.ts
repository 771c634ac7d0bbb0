/** `window.$chatwoot`: the methods that websites call, over those of our widget. */

import type { LauncherHandle } from "./launcher.ts";
import { languageTag } from "./settings.ts";
import { call } from "./tertulia.ts";
import { type ChatwootUser, identityOf } from "./user.ts";
import { warnOnce } from "./warn.ts";

export interface ChatwootMethods {
  baseUrl: string;
  websiteToken: string;
  hasLoaded: boolean;
  readonly isOpen: boolean;
  toggle(state?: "open" | "close"): void;
  toggleBubbleVisibility(state: "show" | "hide"): void;
  popoutChatWindow(): void;
  setUser(identifier: string | number, user?: ChatwootUser): void;
  setCustomAttributes(attributes: Record<string, unknown>): void;
  deleteCustomAttribute(name: string): void;
  setConversationCustomAttributes(attributes: Record<string, unknown>): void;
  deleteConversationCustomAttribute(name: string): void;
  setLabel(label: string): void;
  removeLabel(label: string): void;
  setLocale(locale: string): void;
  setColorScheme(scheme: string): void;
  reset(): void;
}

export function methods(baseUrl: string, websiteToken: string, launcher: LauncherHandle): ChatwootMethods {
  let isOpen = false;
  call("on", "open", () => void (isOpen = true));
  call("on", "close", () => void (isOpen = false));
  const nothing = (name: string) => () => warnOnce(`$chatwoot.${name}`);
  return {
    baseUrl,
    websiteToken,
    hasLoaded: false,
    get isOpen() {
      return isOpen;
    },
    toggle: (state) => call(state ?? "toggle"),
    toggleBubbleVisibility: (state) => launcher.hide(state === "hide"),
    setUser: (identifier, user = {}) => {
      const isId = typeof identifier === "number" || (typeof identifier === "string" && identifier !== "");
      if (!isId) throw new Error("Identifier should be a string or a number");
      call("identify", identityOf(identifier, user));
    },
    setCustomAttributes: (attributes) => {
      if (attributes === null || typeof attributes !== "object" || Object.keys(attributes).length === 0) {
        throw new Error("Custom attributes should have atleast one key");
      }
      call("setAttributes", attributes);
    },
    deleteCustomAttribute: (name) => {
      if (!name) throw new Error("Custom attribute is required");
      call("setAttributes", { [name]: null });
    },
    setLocale: (locale) => call("setLocale", languageTag(locale)),
    reset: () => {
      call("close");
      call("reset");
    },
    popoutChatWindow: nothing("popoutChatWindow"),
    setConversationCustomAttributes: nothing("setConversationCustomAttributes"),
    deleteConversationCustomAttribute: nothing("deleteConversationCustomAttribute"),
    setLabel: nothing("setLabel"),
    removeLabel: nothing("removeLabel"),
    setColorScheme: nothing("setColorScheme"),
  };
}
