// `tertulia simulate telegram`: the page on which anyone plays the customer.
import { expect, test as base, type Page } from "@playwright/test";

import { expectAccessible } from "../src/accessibility.ts";
import { type Said, Simulator } from "../src/simulator.ts";

const test = base.extend<{ simulator: Simulator }>({
  simulator: async ({ browserName: _ }, use) => {
    const simulator = await Simulator.start();
    await use(simulator);
    await simulator.stop();
  },
});

const DOT = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
  "base64",
);

interface Update {
  readonly message?: Said & { readonly chat: { readonly id: number } };
  readonly callback_query?: { readonly id: string; readonly data: string };
}

async function makePerson(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "New person" }).click();
  await page.getByLabel("First name").fill(name);
  await page.getByRole("button", { name: "Make" }).click();
  await page.locator("#messages").getByRole("button", { name: "Start" }).click();
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.keyboard.press("Enter");
}

test("a person and a bot talk to each other", async ({ simulator, page }) => {
  await page.goto(simulator.origin);
  await makePerson(page, "Mia");
  await say(page, "Do you ship to Norway?");
  await expect(page.locator(".bubble", { hasText: "Do you ship to Norway?" })).toBeVisible();
  await page.locator("#photo-input").setInputFiles({ name: "dot.png", mimeType: "image/png", buffer: DOT });
  await expect(page.locator(".bubble img")).toBeVisible();

  const updates = await simulator.call<Update[]>("getUpdates", {});
  const messages = updates.flatMap((update) => update.message ?? []);
  expect(messages.map((message) => message.text)).toEqual(["/start", "Do you ship to Norway?", undefined]);
  expect(messages.at(-1)?.photo).toHaveLength(2);

  const chat = messages[0]?.chat.id;
  const keyboard = { inline_keyboard: [[{ text: "Yes, please", callback_data: "yes" }]] };
  await simulator.call("sendMessage", { chat_id: chat, text: "<b>We do.</b> Shall I?", parse_mode: "HTML", reply_markup: keyboard });
  await expect(page.locator(".bubble b")).toHaveText("We do.");
  await page.getByRole("button", { name: "Yes, please" }).click();
  const taps = (): Promise<Update[]> => simulator.call<Update[]>("getUpdates", { offset: -1, timeout: 5 });
  await expect.poll(async () => (await taps())[0]?.callback_query?.data).toBe("yes");
  const query = (await taps())[0]?.callback_query?.id;
  await simulator.call("answerCallbackQuery", { callback_query_id: query, text: "Noted" });
  await expect(page.getByRole("status")).toHaveText("Noted");

  await page.locator(".line", { hasText: "We do." }).hover();
  await page.locator(".line", { hasText: "We do." }).getByRole("button", { name: "React 👍" }).click();
  await expect(page.locator(".chip")).toHaveText("👍");
  await page.getByRole("button", { name: "Block", exact: true }).click();
  await expect(page.getByRole("button", { name: "Unblock" })).toBeVisible();
  await expect(simulator.call("sendMessage", { chat_id: chat, text: "hello?" })).rejects.toThrow("bot was blocked by the user");
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1280]) {
    test(`the page is readable in ${colorScheme} at ${width} pixels`, async ({ simulator, browser }) => {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
      const page = await context.newPage();
      await page.goto(simulator.origin);
      await expectAccessible(page, "the empty page");
      await makePerson(page, "Mia");
      await say(page, `A long word: ${"x".repeat(300)}`);
      await expect(page.locator(".bubble")).toHaveCount(2);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      await expectAccessible(page, "a chat");
      await context.close();
    });
  }
}
