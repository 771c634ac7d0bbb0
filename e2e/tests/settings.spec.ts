// From one page of the settings to the next, on a telephone, where the list of them does not fit.
import { expect, test } from "../src/fixtures.ts";

const PAGES = ["Account", "Inboxes", "Users", "Teams", "Labels", "Apps", "API tokens", "Webhooks", "Profile"];

test("every page of the settings is reached, and its name is in sight", async ({ desk, server }) => {
  await desk.page.setViewportSize({ width: 390, height: 844 });
  await desk.page.goto(`${server.binary.origin}/settings/profile`);
  const list = desk.page.getByRole("navigation", { name: "Settings" });
  for (const name of PAGES) {
    await list.getByRole("link", { name }).click();
    await expect(desk.page.getByRole("heading", { level: 1, name })).toBeVisible();
    await expect(list.getByRole("link", { name })).toBeInViewport({ ratio: 0.95 });
  }
  await desk.page.goto(`${server.binary.origin}/settings/webhooks`);
  await expect(list.getByRole("link", { name: "Webhooks" })).toBeInViewport({ ratio: 0.95 });
});
