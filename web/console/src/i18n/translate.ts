/** Turns a key and its values into text by the ICU message of a catalogue. */
import { IntlMessageFormat } from "intl-messageformat";
import type { Catalogue, Locale, MessageKey } from "./catalogue.ts";

export type Values = Record<string, string | number>;
export type Translate = (key: MessageKey, values?: Values) => string;

export function translator(locale: Locale, catalogue: Catalogue): Translate {
  const compiled = new Map<MessageKey, IntlMessageFormat>();
  return (key, values) => {
    const text = catalogue[key];
    if (!text.includes("{")) return text;
    let format = compiled.get(key);
    if (!format) {
      format = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
      compiled.set(key, format);
    }
    try {
      return String(format.format(values));
    } catch {
      // A text with a hole in it is better than a page that is gone.
      return text;
    }
  };
}
