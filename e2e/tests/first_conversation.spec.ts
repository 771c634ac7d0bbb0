// The whole way of a new user: from the set-up link to a conversation that both sides see live.
import { test as base } from "@playwright/test";

import { Binary } from "../src/binary.ts";
import { Desk } from "../src/desk.ts";
import { ADMINISTRATOR, expect } from "../src/fixtures.ts";
import { HostPage } from "../src/host_page.ts";
import { Widget } from "../src/widget.ts";

const test = base.extend<{ binary: Binary }>({
  binary: async ({ browserName: _ }, use) => {
    const binary = await Binary.start();
    await use(binary);
    await binary.stop();
  },
});

test("from the set-up link to an answered visitor", async ({ binary, browser, page }) => {
  await page.goto(await binary.setupLink());
  await page.getByLabel("Name of the business").fill(ADMINISTRATOR.account_name);
  await page.getByLabel("Your name").fill(ADMINISTRATOR.name);
  await page.getByLabel("E-mail").fill(ADMINISTRATOR.email);
  await page.getByLabel("Password").fill(ADMINISTRATOR.password);
  await page.getByRole("button", { name: "Create the account" }).click();
  await expect(page.getByRole("navigation", { name: "Main navigation" })).toBeVisible();

  const snippet = await test.step("create a website inbox and copy its snippet", async () => {
    await page.goto(`${binary.origin}/settings/inboxes`);
    await page.getByRole("button", { name: "New inbox" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Garden furniture");
    await dialog.getByRole("button", { name: "New inbox" }).click();
    const code = page.locator("pre", { hasText: "/widget/loader.js" });
    await expect(code).toBeVisible();
    return (await code.textContent()) ?? "";
  });

  const site = await HostPage.start(() => snippet);
  const visitor = await browser.newContext({ locale: "en-GB" });
  const shop = await visitor.newPage();
  await shop.goto(site.origin);
  const widget = new Widget(shop);
  await widget.open();
  await widget.say("Is the teak bench in stock?");

  const desk = new Desk(page, binary.origin);
  await desk.openConversationAbout("Is the teak bench in stock?");
  await desk.reply("Yes, five of them.");
  await widget.expectMessage("Yes, five of them.");
  await desk.expectDelivery("Yes, five of them.", "Read");

  await widget.say("Then I will take two.");
  await desk.expectMessage("Then I will take two.");
  await visitor.close();
  await site.stop();
});
