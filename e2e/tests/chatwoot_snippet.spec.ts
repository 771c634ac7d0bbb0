// A website that was written for Chatwoot: its snippet, its methods and its events, with our widget behind them.
import { createHmac } from "node:crypto";

import type { Page } from "@playwright/test";

import { expect, test as base } from "../src/fixtures.ts";
import { HostPage } from "../src/host_page.ts";

/** What the page wrote down, and what its console said. */
interface Chatwoot {
  isOpen: boolean;
  hasLoaded: boolean;
  toggle(state?: string): void;
  toggleBubbleVisibility(state: string): void;
  setUser(identifier: string, user: Record<string, unknown>): void;
  setCustomAttributes(attributes: Record<string, unknown>): void;
  setLabel(label: string): void;
}

declare global {
  interface Window {
    $chatwoot: Chatwoot;
    told: string[];
  }
}

const NAMES = ["ready", "opened", "closed", "on-message", "error"];

const test = base.extend<{ settings: string; said: string[] }>({
  settings: ["{}", { option: true }],

  site: async ({ server, inbox, settings }, use) => {
    const { origin } = server.binary;
    const run = `window.chatwootSDK.run({websiteToken: '${inbox.settings.key}', baseUrl: '${origin}'})`;
    const site = await HostPage.start(
      () => `<script>
        window.chatwootSettings = ${settings};
        window.told = [];
        for (const name of ${JSON.stringify(NAMES)}) {
          window.addEventListener("chatwoot:" + name, (event) => window.told.push(name + (event.detail?.content ?? "")));
        }
      </script>
      <script src="${origin}/packs/js/sdk.js" async onload="${run}"></script>`,
    );
    await use(site);
    await site.stop();
  },

  said: async ({ visitor }, use) => {
    const said: string[] = [];
    visitor.on("console", (message) => said.push(message.text()));
    await use(said);
  },
});

const told = (page: Page) => page.evaluate(() => window.told);

test("the snippet shows our widget, and a visitor and an agent talk", async ({ said, widget, desk, visitor }) => {
  await expect.poll(() => told(visitor)).toContain("ready");
  expect(await visitor.evaluate(() => window.$chatwoot.hasLoaded)).toBe(true);
  await widget.open();
  await expect.poll(() => told(visitor)).toContain("opened");
  await widget.say("Do you ship to the islands?");
  await widget.expectMessage("Do you ship to the islands?");
  await visitor.evaluate(() => window.$chatwoot.toggle("close"));
  await expect.poll(() => told(visitor)).toContain("closed");
  expect(await visitor.evaluate(() => window.$chatwoot.isOpen)).toBe(false);
  await desk.openConversationAbout("Do you ship to the islands?");
  await desk.reply("We do.");
  await expect.poll(() => told(visitor)).toContain("on-messageWe do.");
  expect(said.filter((line) => line.includes("Error"))).toEqual([]);
});

test("a user with a hash is proven", async ({ api, inbox, widget, visitor }) => {
  const { identity_secret } = await api.get<{ identity_secret: string }>(`/v1/inboxes/${inbox.id}/secret`);
  const identifier_hash = createHmac("sha256", identity_secret).update("cora-7").digest("hex");
  await expect.poll(() => told(visitor)).toContain("ready");
  await visitor.evaluate(
    (hash) => {
      window.$chatwoot.setUser("cora-7", { name: "Cora Dias", email: "cora@example.com", identifier_hash: hash });
      window.$chatwoot.setCustomAttributes({ plan: "pro" });
    },
    identifier_hash,
  );
  await widget.open();
  await widget.say("It is me");
  await widget.expectMessage("It is me");
  const contact = async () => {
    const { items } = await api.get<{ items: Contact[] }>("/v1/contacts?q=cora@example.com");
    return items[0];
  };
  await expect.poll(async () => (await contact())?.verified).toBe(true);
  await expect.poll(async () => (await contact())?.attributes["plan"]).toBe("pro");
});

test("a user without a hash is only told of", async ({ api, widget, visitor }) => {
  await expect.poll(() => told(visitor)).toContain("ready");
  await visitor.evaluate(() => window.$chatwoot.setUser("7", { name: "Dora", email: "dora@example.com" }));
  await widget.open();
  await widget.say("Nobody knows me");
  await widget.expectMessage("Nobody knows me");
  const contact = async () => (await api.get<{ items: Contact[] }>("/v1/contacts?q=dora@example.com")).items[0];
  await expect.poll(async () => (await contact())?.attributes["identifier"]).toBe("7");
  expect((await contact())?.verified).toBe(false);
});

interface Contact {
  verified: boolean;
  attributes: Record<string, unknown>;
}

test("what our widget cannot do is said once, and does no harm", async ({ said, widget, visitor }) => {
  await expect.poll(() => told(visitor)).toContain("ready");
  await visitor.evaluate(() => {
    window.$chatwoot.setLabel("vip");
    window.$chatwoot.setLabel("vip");
  });
  expect(said.filter((line) => line.includes("$chatwoot.setLabel has no effect"))).toHaveLength(1);
  await widget.open();
});

test.describe("with settings", () => {
  test.use({ settings: `{ hideMessageBubble: true, position: "left", locale: "pt_BR", launcherTitle: "Fale conosco" }` });

  test("the bubble stays hidden until the page shows it", async ({ said, widget, visitor }) => {
    await expect.poll(() => told(visitor)).toContain("ready");
    await expect(widget.launcher).toBeAttached();
    await expect(widget.launcher).toBeHidden();
    await visitor.evaluate(() => window.$chatwoot.toggle("open"));
    await expect(widget.composer).toBeVisible();
    await visitor.evaluate(() => {
      window.$chatwoot.toggle("close");
      window.$chatwoot.toggleBubbleVisibility("show");
    });
    await expect(widget.launcher).toBeVisible();
    const side = await widget.launcher.evaluate((button) => button.getBoundingClientRect().left < window.innerWidth / 2);
    expect(side).toBe(true);
    expect(said.some((line) => line.includes("chatwootSettings.launcherTitle has no effect"))).toBe(true);
  });
});
