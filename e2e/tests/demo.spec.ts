// `tertulia demo`: what a curious person sees first.
import { test as base } from "@playwright/test";

import { Binary } from "../src/binary.ts";
import { expect } from "../src/fixtures.ts";
import { Widget } from "../src/widget.ts";

const test = base.extend<{ demo: Binary }>({
  demo: async ({ browserName: _ }, use) => {
    const demo = await Binary.start("demo");
    await use(demo);
    await demo.stop();
  },
});

test("the demo is filled, and its website talks to its console", async ({ demo, browser, page }) => {
  test.setTimeout(240_000);
  await page.goto(demo.origin);
  await page.getByLabel("E-mail").fill("marina@meridian.example");
  await page.getByLabel("Password").fill("a demo is no secret");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("link", { name: /All conversations/ }).click();
  const rows = page.getByRole("list", { name: "Conversations" }).getByRole("link");
  await expect.poll(() => rows.count()).toBeGreaterThan(5);

  const visitor = await browser.newContext({ locale: "en-GB" });
  const website = await visitor.newPage();
  await website.goto(`${demo.origin}/demo`);
  const widget = new Widget(website);
  await widget.open();
  await widget.say("Is there a table for two tonight?");
  await expect(rows.filter({ hasText: "Is there a table for two tonight?" })).toBeVisible();
  await visitor.close();
});
