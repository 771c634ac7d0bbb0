import { describe, expect, it } from "vitest";
import { languageTag, startLocale } from "../src/settings.ts";
import { identityOf } from "../src/user.ts";

describe("setUser", () => {
  it("proves an identity by its hash and keeps what else is told as attributes", () => {
    const user = { name: "Ana", email: "ana@example.com", phone_number: "+551199", identifier_hash: "ab12", city: "SP" };
    expect(identityOf("7", user)).toEqual({
      id: "7",
      hash: "ab12",
      name: "Ana",
      email: "ana@example.com",
      phone: "+551199",
      attributes: { identifier: "7", city: "SP" },
    });
  });

  it("takes numbers, and without a hash proves nothing", () => {
    expect(identityOf(7, { name: "", identifier_hash: "" })).toEqual({ id: "7", attributes: { identifier: "7" } });
  });
});

describe("locale", () => {
  it("is a language tag", () => expect(languageTag("pt_BR")).toBe("pt-BR"));

  it.each([
    [{ locale: "pt_BR" }, "pt-BR"],
    [{ locale: "pt_BR", useBrowserLanguage: true }, null],
    [{ locale: "" }, null],
    [{}, null],
  ])("%j starts in %s", (settings, expected) => expect(startLocale(settings)).toBe(expected));
});
