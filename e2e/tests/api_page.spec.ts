// The interactive page of the API: descriptions are read as they were meant, and stay text.
import { expect, test } from "../src/fixtures.ts";

test("descriptions are shown as text with code, on a telephone too", async ({ page, server }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${server.binary.origin}/docs`);
  const operations = page.locator("details");
  await expect(operations.first()).toBeVisible();
  await operations.evaluateAll((all) => all.forEach((each) => each.setAttribute("open", "")));
  await expect(page.locator("code", { hasText: "conversations:read" }).first()).toBeVisible();
  const prose = await page.locator("summary small, .body > p, .body > ul, td, h4, #description").allTextContents();
  expect(prose.filter((text) => text.includes("`"))).toEqual([]);
  expect((await page.locator("summary small").allTextContents()).filter((text) => text.trim() === "")).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test("a description that contains markup is shown, not obeyed", async ({ page, server }) => {
  const markup = "<img src=x data-pwned> and `<b data-pwned>code</b>`";
  await page.route("**/openapi.json", async (route) => {
    const api = (await (await route.fetch()).json()) as { paths: Record<string, Record<string, { description?: string; summary?: string }>> };
    for (const operation of Object.values(api.paths).flatMap((item) => Object.values(item))) {
      Object.assign(operation, { description: markup, summary: markup });
    }
    await route.fulfill({ json: api });
  });
  await page.goto(`${server.binary.origin}/docs`);
  await page.locator("details").first().locator("summary").click();
  await expect(page.locator(".body p").first()).toContainText("<img src=x data-pwned>");
  expect(await page.locator("[data-pwned]").count()).toBe(0);
});
