// A conversation that is longer than a screen: finding an old message, and reading on in both directions.
import type { Locator } from "@playwright/test";

import { expect, test } from "../src/fixtures.ts";
import { VisitorApi } from "../src/visitor_api.ts";

const MESSAGES = 240;
const MESSAGES_AROUND = /\/messages\?.*(before|after)=/;
/** The rows that may exist at once, whatever the length of the thread. */
const ROWS_MAX = 60;

test("a search result opens at its message, however old, and the thread goes on both ways", async ({ desk, api, server, inbox }) => {
  test.setTimeout(120_000);
  const visitor = await VisitorApi.arrive(server.binary.origin, inbox.settings.key, { url: "https://shop.example/", title: "Shop" });
  await visitor.introduce({ name: "Lena Long" });
  for (let n = 1; n <= MESSAGES; n += 1) {
    await visitor.say(n === 80 ? "The heron stands in the reeds" : `Message number ${n}${" and more".repeat(n % 7)}`);
  }
  await expect.poll(async () => (await api.get<{ items: object[] }>("/v1/search?type=messages&q=heron")).items.length).toBe(1);

  await (await desk.search("heron")).click();
  const heron = desk.message("The heron stands in the reeds");
  await expect(heron).toBeInViewport();
  await expect(heron).toHaveAttribute("data-marked", "true");
  await expect(desk.message("Message number 240")).toHaveCount(0);

  await test.step("the address leads there too, though much is fetched again when the stream begins", async () => {
    let newestAsked = 0;
    desk.page.on("request", (request) => (newestAsked += /\/messages\?limit=\d+$/.test(request.url()) ? 1 : 0));
    // The stream begins while the messages are on their way, which is when everything is fetched again.
    const isAsked = desk.page.waitForRequest(MESSAGES_AROUND);
    const isLive = new Promise<void>((resolve) => {
      void desk.page.routeWebSocket(/\/v1\/stream/, (socket) => {
        socket.connectToServer().onMessage(async (frame) => {
          await isAsked;
          socket.send(frame);
          if (frame.toString().startsWith('{"type":"ready"')) resolve();
        });
      });
    });
    await desk.page.route(MESSAGES_AROUND, async (route) => {
      await isLive;
      await route.continue();
    });
    await desk.page.reload();
    await expect(heron).toBeInViewport();
    await desk.page.waitForLoadState("networkidle");
    await expect(heron).toBeInViewport();
    expect(newestAsked).toBe(0);
    await desk.page.unroute(MESSAGES_AROUND);
  });

  await test.step("older messages come in above without a jump", async () => {
    let look = () => {};
    const looked = new Promise<void>((resolve) => (look = resolve));
    await desk.page.route(/\/messages\?.*before=/, async (route) => {
      await looked;
      await route.continue();
    });
    await desk.thread.evaluate((element) => element.scrollTo(0, 0));
    const oldest = desk.message("Message number 30 ");
    await expect(oldest).toBeInViewport();
    const before = await topOf(oldest);
    look();
    await expect.poll(() => desk.thread.evaluate((element) => element.scrollTop)).toBeGreaterThan(500);
    expect(Math.abs((await topOf(oldest)) - before)).toBeLessThanOrEqual(2);
    await scrollUntil(desk.thread, -1_200, desk.message("Message number 1 "));
  });

  await test.step("newer ones follow down to the newest, row by row", async () => {
    await scrollUntil(desk.thread, 1_200, desk.message("Message number 240"));
    expect(await desk.thread.locator("[data-index]").count()).toBeLessThanOrEqual(ROWS_MAX);
    await visitor.say("And one that is live");
    await expect(desk.message("And one that is live")).toBeInViewport();
  });

  await test.step("a quoted message is found again", async () => {
    await (await desk.search("heron")).click();
    await expect(heron).toBeInViewport();
    await desk.page.getByRole("button", { name: "Latest messages" }).click();
    await expect(desk.message("And one that is live")).toBeInViewport();
    await expect(heron).toHaveCount(0);
  });
});

test("who writes while reading old messages is brought to what they answer", async ({ desk, api, server, inbox }) => {
  test.setTimeout(120_000);
  const visitor = await VisitorApi.arrive(server.binary.origin, inbox.settings.key, { url: "https://shop.example/", title: "Shop" });
  await visitor.say("A kingfisher on the wire");
  for (let n = 2; n <= 130; n += 1) await visitor.say(`Line ${n}`);
  await expect.poll(async () => (await api.get<{ items: object[] }>("/v1/search?type=messages&q=kingfisher")).items.length).toBe(1);
  await (await desk.search("kingfisher")).click();
  await expect(desk.message("A kingfisher on the wire")).toBeInViewport();
  await desk.composer().pressSequentially("I have seen");
  await expect(desk.message("Line 130")).toBeInViewport();
  await desk.reply("I have seen it too");
  await expect(desk.message("I have seen it too")).toBeInViewport();
  await desk.expectDelivery("I have seen it too", "Sent");
});

async function topOf(message: Locator): Promise<number> {
  return (await message.boundingBox())?.y ?? Number.NaN;
}

async function scrollUntil(thread: Locator, step_px: number, message: Locator): Promise<void> {
  await expect
    .poll(
      async () => {
        await thread.evaluate((element, by) => element.scrollBy(0, by), step_px);
        return message.count();
      },
      { timeout: 30_000, intervals: [50] },
    )
    .toBeGreaterThan(0);
}
