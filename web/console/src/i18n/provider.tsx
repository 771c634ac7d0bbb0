import { useCallback, useEffect, useState, type ReactNode } from "react";
import { loadCatalogue, matchLocale, type Locale } from "./catalogue.ts";
import { translator, type Translate } from "./translate.ts";
import { LanguageContext } from "./use-t.ts";

const STORED_AS = "tertulia:locale";

/** The language that this browser used last, or the nearest to what it asks for. */
export function initialLocale(): Locale {
  return matchLocale([localStorage.getItem(STORED_AS) ?? "", ...navigator.languages]);
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [current, setCurrent] = useState<{ locale: Locale; t: Translate } | null>(null);

  const setLocale = useCallback((locale: Locale) => {
    localStorage.setItem(STORED_AS, locale);
    void loadCatalogue(locale).then((catalogue) => {
      document.documentElement.lang = locale;
      setCurrent({ locale, t: translator(locale, catalogue) });
    });
  }, []);

  useEffect(() => setLocale(initialLocale()), [setLocale]);

  if (!current) return null;
  return <LanguageContext value={{ ...current, setLocale }}>{children}</LanguageContext>;
}
