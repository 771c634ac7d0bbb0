/** The languages of the console. English is the source: the other catalogues must have exactly its keys. */
import type { en } from "./en/index.ts";

export type MessageKey = keyof typeof en;
export type Catalogue = Record<MessageKey, string>;

export const LOCALES = ["en", "pt", "ru"] as const;
export type Locale = (typeof LOCALES)[number];

export const LOCALE_NAMES: Record<Locale, string> = { en: "English", pt: "Português", ru: "Русский" };

/** Each catalogue is a script of its own, loaded when its language is chosen. */
export async function loadCatalogue(locale: Locale): Promise<Catalogue> {
  switch (locale) {
    case "en":
      return (await import("./en/index.ts")).en;
    case "pt":
      return (await import("./pt/index.ts")).pt;
    case "ru":
      return (await import("./ru/index.ts")).ru;
  }
}

/** The nearest language that we have for a list of wishes, best first. */
export function matchLocale(wishes: readonly string[]): Locale {
  for (const wish of wishes) {
    const language = wish.toLowerCase().split("-")[0];
    const found = LOCALES.find((locale) => locale === language);
    if (found) return found;
  }
  return "en";
}
