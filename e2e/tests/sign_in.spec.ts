// Ways in besides the password alone: a provider of OpenID Connect, and a second factor.
import { createHmac } from "node:crypto";

import { test as base, type Page } from "@playwright/test";

import { Api } from "../src/api.ts";
import { Binary } from "../src/binary.ts";
import { ADMINISTRATOR, expect } from "../src/fixtures.ts";
import { OidcProvider } from "../src/oidc_provider.ts";

interface World {
  binary: Binary;
  provider: OidcProvider;
  /** The administrator. */
  api: Api;
}

const test = base.extend<{ world: World }>({
  world: async ({ browser }, use) => {
    const provider = await OidcProvider.start();
    const binary = await Binary.start("serve", provider.config());
    const context = await browser.newContext();
    const api = new Api(context.request, binary.origin);
    const token = new URL(await binary.setupLink()).searchParams.get("token") ?? "";
    await api.post("/v1/setup", { token, ...ADMINISTRATOR });
    await use({ binary, provider, api });
    await context.close();
    await binary.stop();
    await provider.stop();
  },
});

const olga = { subject: "o-1", name: "Olga Sokolova", email: "olga@example.com", email_verified: true };

test("who was invited comes in by the provider, and again", async ({ world, page }) => {
  await world.api.post("/v1/invitations", { email: olga.email, role: "agent" });
  for (const _ of [1, 2]) {
    await comeBy(world, page, olga);
    await expect(page.getByRole("navigation", { name: "Main navigation" })).toBeVisible();
    await expect(page.getByRole("button", { name: /Olga Sokolova/ })).toBeVisible();
    await page.context().clearCookies();
  }
});

test("who was not invited is told what to do", async ({ world, page }) => {
  await comeBy(world, page, { ...olga, subject: "x-1", email: "stranger@example.com" });
  await expect(page).toHaveURL(/\/sign-in\?problem=credentials_invalid/);
  await expect(page.getByRole("alert")).toContainText("Ask for an invitation");
  await expect(page.getByLabel("Password")).toBeVisible();
});

test("a provider in trouble is named as the trouble", async ({ world, page }) => {
  world.provider.isBroken = true;
  await comeBy(world, page, olga);
  await expect(page.getByRole("alert")).toContainText("The provider did not answer");
});

test("an administrator connects the provider first, and comes in by it then", async ({ world, page }) => {
  const anna = { subject: "a-1", name: ADMINISTRATOR.name, email: ADMINISTRATOR.email, email_verified: true };
  await comeBy(world, page, anna);
  await expect(page.getByRole("alert")).toContainText("connect the provider in your profile");

  await page.getByLabel("E-mail").fill(ADMINISTRATOR.email);
  await page.getByLabel("Password").fill(ADMINISTRATOR.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("navigation", { name: "Main navigation" })).toBeVisible();
  await page.goto(`${world.binary.origin}/settings/profile`);
  await page.getByRole("link", { name: "Connect Works" }).click();
  await page.getByRole("link", { name: "It is me" }).click();
  await expect(page.getByRole("navigation", { name: "Main navigation" })).toBeVisible();

  await page.context().clearCookies();
  await comeBy(world, page, anna);
  await expect(page.getByRole("button", { name: /Anna Weber/ })).toBeVisible();
});

test("a wrong code is said to be the code, and a recovery code helps", async ({ world, page, browser }) => {
  const agent = { email: "tom@example.com", password: "nine lives are not enough" };
  const { url } = await world.api.post<{ url: string }>("/v1/invitations", { email: agent.email, role: "agent" });
  const context = await browser.newContext();
  const api = new Api(context.request, world.binary.origin);
  await api.post("/v1/invitations/accept", { token: new URL(url).searchParams.get("token") ?? "", name: "Tom", password: agent.password });
  const { secret } = await api.post<{ secret: string }>("/v1/profile/totp", {});
  const { recovery_codes } = await api.post<{ recovery_codes: string[] }>("/v1/profile/totp/confirm", { code: codeOf(secret) });
  await context.close();

  await page.goto(world.binary.origin);
  await page.getByLabel("E-mail").fill(agent.email);
  await page.getByLabel("Password").fill(agent.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  const code = page.getByLabel("Code", { exact: true });
  await code.fill("000000");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("This code is wrong");
  await expect(code).toHaveAttribute("aria-invalid", "true");
  await code.fill(recovery_codes[0] ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("navigation", { name: "Main navigation" })).toBeVisible();
});

async function comeBy({ binary, provider }: World, page: Page, person: OidcProvider["person"]): Promise<void> {
  provider.person = person;
  await page.goto(binary.origin);
  await page.getByRole("link", { name: "Continue with Works" }).click();
  await page.getByRole("link", { name: "It is me" }).click();
}

/** The code of an authenticator now (RFC 6238). */
function codeOf(secret: string): string {
  const bits = [...secret.replaceAll("=", "")].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac("sha1", key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
