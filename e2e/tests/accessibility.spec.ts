// Main screens of the console, as axe sees them, in both colour schemes.
import { expectAccessible } from "../src/accessibility.ts";
import { expect, test } from "../src/fixtures.ts";

const SCREENS = ["/", "/contacts", "/settings/inboxes", "/settings/users", "/settings/teams", "/settings/apps", "/settings/tokens", "/settings/webhooks"];

for (const colorScheme of ["light", "dark"] as const) {
  test(`the console's screens are accessible in ${colorScheme}`, async ({ desk, server, widget }) => {
    await desk.page.emulateMedia({ colorScheme });
    await widget.open();
    await widget.say("A conversation to look at");
    await desk.openConversationAbout("A conversation to look at");
    await expectAccessible(desk.page, "a conversation");
    for (const path of SCREENS) {
      await desk.page.goto(server.binary.origin + path);
      await expect(desk.page.getByRole("heading").first()).toBeVisible();
      await expectAccessible(desk.page, path);
    }
  });

  test(`the sign-in page is accessible in ${colorScheme}`, async ({ page, server }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(server.binary.origin);
    await expect(page.getByLabel("Password")).toBeVisible();
    await expectAccessible(page, "sign-in");
  });
}
