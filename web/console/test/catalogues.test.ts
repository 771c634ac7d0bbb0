/** Every text that is used exists, every text that exists is used, and all languages take the same values. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, it } from "vitest";
import { LOCALES, loadCatalogue, type MessageKey } from "../src/i18n/catalogue.ts";
import { en } from "../src/i18n/en/index.ts";

const sourceFolder = fileURLToPath(new URL("../src/", import.meta.url));
const sources = readdirSync(sourceFolder, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|^i18n\/[a-z]{2}\//.test(name))
  .map((name) => readFileSync(sourceFolder + name, "utf8"));

const keys = Object.keys(en) as MessageKey[];
/** Keys written out, such as "common.close". */
const literals = new Set(sources.flatMap((source) => [...source.matchAll(/"([a-zA-Z]+\.[\w.:-]+)"/g)].map((match) => match[1] ?? "")));
/** Keys put together, such as `status.${status}` or `role.${role}.hint`. */
const patterns = sources.flatMap((source) =>
  [...source.matchAll(/`([a-zA-Z]+\.[^`]*\$\{[^`]*)`/g)].map((match) => {
    const pieces = (match[1] ?? "").split(/\$\{[^}]*\}/u).map((piece) => piece.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${pieces.join("[\\w:-]+")}$`);
  }),
);

function valuesOf(message: string, locale: string): string[] {
  const names = new Set<string>();
  const visit = (elements: readonly object[]): void => {
    for (const element of elements) {
      if ("value" in element && "type" in element && element.type !== 0) names.add(String(element.value));
      if ("options" in element) for (const option of Object.values(element.options as Record<string, { value: object[] }>)) visit(option.value);
    }
  };
  visit(new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).getAst());
  return [...names].sort();
}

describe("catalogues", () => {
  it("has no text that nobody uses", () => {
    const unused = keys.filter((key) => !literals.has(key) && !patterns.some((pattern) => pattern.test(key)));
    expect(unused).toEqual([]);
  });

  it.each(LOCALES)("has no text in %s that English has not", async (locale) => {
    expect(Object.keys(await loadCatalogue(locale)).sort()).toEqual([...keys].sort());
  });

  it.each(LOCALES)("takes the same values in %s as in English", async (locale) => {
    const catalogue = await loadCatalogue(locale);
    for (const key of keys) expect([key, valuesOf(catalogue[key], locale)]).toEqual([key, valuesOf(en[key], "en")]);
  });

  it.each(LOCALES)("has the plural forms that %s needs", async (locale) => {
    const catalogue = await loadCatalogue(locale);
    const rules = new Intl.PluralRules(locale);
    const needed = new Set(Array.from({ length: 101 }, (_, number) => rules.select(number)));
    for (const key of keys) {
      if (!catalogue[key].includes(", plural,")) continue;
      const given = [...catalogue[key].matchAll(/(=\d+|zero|one|two|few|many|other) \{/g)].map((match) => match[1]);
      expect([key, ...[...needed].filter((form) => !given.includes(form))]).toEqual([key]);
    }
  });
});
