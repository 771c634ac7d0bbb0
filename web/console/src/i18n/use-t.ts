import { createContext, use } from "react";
import type { Locale } from "./catalogue.ts";
import type { Translate } from "./translate.ts";

export interface Language {
  locale: Locale;
  t: Translate;
  setLocale: (locale: Locale) => void;
}

export const LanguageContext = createContext<Language | null>(null);

export function useLanguage(): Language {
  const language = use(LanguageContext);
  if (!language) throw new Error("useLanguage needs a LanguageProvider above it");
  return language;
}

export function useT(): Translate {
  return useLanguage().t;
}
