/** What a website may set before the widget runs: `window.chatwootSettings`. */

import { warnOnce } from "./warn.ts";

export interface ChatwootSettings {
  position?: "left" | "right";
  locale?: string;
  useBrowserLanguage?: boolean;
  darkMode?: "light" | "auto" | "dark";
  hideMessageBubble?: boolean;
  [other: string]: unknown;
}

const USED = new Set(["position", "locale", "useBrowserLanguage", "darkMode", "hideMessageBubble"]);

declare global {
  interface Window {
    chatwootSettings?: ChatwootSettings;
  }
}

/** The website's settings. What has no effect is named once. */
export function readSettings(): ChatwootSettings {
  const settings = window.chatwootSettings ?? {};
  const ignored = Object.keys(settings).filter((name) => !USED.has(name));
  if (ignored.length > 0) warnOnce(`chatwootSettings.${ignored.join(", ")}`);
  return settings;
}

/** The language tag of a locale as Chatwoot writes it: `pt_BR` is `pt-BR`. */
export function languageTag(locale: string): string {
  return locale.replaceAll("_", "-");
}

/** The language to start with; `null` leaves it to the inbox and the visitor's browser. */
export function startLocale({ locale, useBrowserLanguage }: ChatwootSettings): string | null {
  return typeof locale === "string" && locale !== "" && useBrowserLanguage !== true ? languageTag(locale) : null;
}
