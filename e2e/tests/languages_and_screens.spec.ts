// The widget speaks the visitor's language and fits the visitor's screen.
import { expectAccessible } from "../src/accessibility.ts";
import { expect, test } from "../src/fixtures.ts";
import { Widget } from "../src/widget.ts";

const LANGUAGES = [
  { locale: "en-GB", placeholder: "Write a message…" },
  { locale: "pt-BR", placeholder: "Escreva uma mensagem…" },
  { locale: "ru-RU", placeholder: "Напишите сообщение…" },
  { locale: "es-ES", placeholder: "Escribe un mensaje…" },
];

for (const { locale, placeholder } of LANGUAGES) {
  test(`speaks ${locale}`, async ({ browser, site }) => {
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    await page.goto(site.origin);
    const widget = new Widget(page);
    await widget.open();
    await expect(widget.frame.getByPlaceholder(placeholder)).toBeVisible();
    await context.close();
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`is readable in ${colorScheme}`, async ({ browser, site }) => {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    await page.goto(site.origin);
    const widget = new Widget(page);
    await widget.open();
    await widget.say("Is the garden chair in stock?");
    await widget.expectMessage("Is the garden chair in stock?");
    await expectAccessible(await widget.document(), `the widget in ${colorScheme}`);
    await context.close();
  });
}

test("fills the screen of a telephone and leaves it again", async ({ browser, site }) => {
  const viewport = { width: 375, height: 667 };
  const context = await browser.newContext({ viewport, isMobile: true, hasTouch: true });
  const page = await context.newPage();
  await page.goto(site.origin);
  const widget = new Widget(page);
  await widget.open();
  const box = await page.locator('iframe[src*="/widget/frame"]').boundingBox();
  expect(box?.width).toBeGreaterThanOrEqual(viewport.width - 2);
  expect(box?.height).toBeGreaterThanOrEqual(viewport.height - 2);
  // Enter begins a new line on a telephone.
  await widget.composer.fill("Hello from a telephone");
  await widget.frame.getByRole("button", { name: "Send", exact: true }).click();
  await widget.expectMessage("Hello from a telephone");
  await widget.frame.getByRole("button", { name: "Close chat" }).click();
  await expect(widget.launcher).toHaveAttribute("aria-expanded", "false");
  await context.close();
});

test("works with the keyboard alone", async ({ widget, visitor }) => {
  await widget.launcher.focus();
  await visitor.keyboard.press("Enter");
  await expect(widget.composer).toBeFocused();
  await visitor.keyboard.type("No mouse here");
  await visitor.keyboard.press("Enter");
  await widget.expectMessage("No mouse here");
  await visitor.keyboard.press("Escape");
  await expect(widget.launcher).toHaveAttribute("aria-expanded", "false");
  await expect(widget.launcher).toBeFocused();
});
