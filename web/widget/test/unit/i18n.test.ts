import { describe, expect, it } from "vitest";
import { CATALOGUES, pickLanguage, type TextKey, translator } from "../../frame/i18n/catalogue.ts";

const KEYS = Object.keys(CATALOGUES.en) as TextKey[];
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

describe.each(Object.entries(CATALOGUES))("%s", (_language, catalogue) => {
  it("has every text, no other, and the same places for values", () => {
    expect(Object.keys(catalogue).sort()).toEqual([...KEYS].sort());
    for (const key of KEYS) {
      expect(catalogue[key].trim(), key).not.toBe("");
      expect(placeholders(catalogue[key]), key).toEqual(placeholders(CATALOGUES.en[key]));
    }
  });

});

describe.each(Object.entries(CATALOGUES).filter(([language]) => language !== "en"))("%s", (_language, catalogue) => {
  it("is translated", () => {
    const same = KEYS.filter((key) => catalogue[key] === CATALOGUES.en[key]);
    expect(same.filter((key) => !["chat", "emoji", "sticker"].includes(key))).toEqual([]);
  });
});

describe("pickLanguage", () => {
  it.each([
    [["pt-BR"], "pt"],
    [["de", "es-MX", "en"], "es"],
    [[null, "ru_RU"], "ru"],
    [["xx", "constructor"], "en"],
    [[], "en"],
  ])("%j is %s", (wishes, expected) => {
    expect(pickLanguage(wishes)).toBe(expected);
  });
});

describe("translator", () => {
  it("puts values in as text, whatever they contain", () => {
    expect(translator("en")("typing", { name: "{name} $& <b>" })).toBe("{name} $& <b> is typing…");
    expect(translator("en")("typing")).toBe("{name} is typing…");
  });
});
