/** Languages of the widget. A missing or unknown text is a compile error, because every language has this type. */

import { en } from "./en.ts";
import { es } from "./es.ts";
import { pt } from "./pt.ts";
import { ru } from "./ru.ts";

export type TextKey = keyof typeof en;
export type Catalogue = Readonly<Record<TextKey, string>>;
export type Translate = (key: TextKey, values?: Record<string, string | number>) => string;

export const CATALOGUES = { en, pt, ru, es } satisfies Record<string, Catalogue>;
export type Language = keyof typeof CATALOGUES;

/** The first wish that we speak, by its language without the region; English when there is none. */
export function pickLanguage(wishes: readonly (string | null)[]): Language {
  for (const wish of wishes) {
    const language = wish?.toLowerCase().split(/[-_]/)[0] ?? "";
    if (Object.hasOwn(CATALOGUES, language)) return language as Language;
  }
  return "en";
}

/** Puts values into a text: `{name}` is replaced, and never read as anything but text. */
export function translator(language: Language): Translate {
  const catalogue: Catalogue = CATALOGUES[language];
  return (key, values = {}) =>
    catalogue[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
