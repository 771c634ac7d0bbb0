/** Takes the pictures into `dist/shots`. Not a test: a person looks at them. */

import { it } from "vitest";
import { launch, openChat, visit, write } from "../test/browser/visit.ts";
import { SAMPLES } from "./samples.ts";
import { Mock } from "./mock.ts";
import { run } from "./server.ts";

const DIR = "dist/shots";

const LOOKS = [
  { name: "desktop-light", options: { colorScheme: "light" as const } },
  { name: "desktop-dark", options: { colorScheme: "dark" as const } },
  { name: "phone-light", options: { colorScheme: "light" as const, viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true } },
  { name: "phone-dark-ru", options: { colorScheme: "dark" as const, viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true, locale: "ru-RU" } },
];

it.each(LOOKS)("$name", async ({ name, options }) => {
  const running = await run(new Mock());
  const browser = await launch();
  const guest = await visit(browser, running, options);
  const { page, frame } = guest;
  const shot = (step: string) => page.screenshot({ path: `${DIR}/${name}-${step}.png` });
  await page.locator("button[aria-expanded=false]").waitFor();
  await shot("0-closed");
  await openChat(guest);
  await page.waitForTimeout(400);
  await shot("1-empty");
  await frame.locator("textarea").fill("Good morning! Where is my order 1042? 🙂");
  await frame.locator(".send").click();
  await frame.locator(".status.sent").waitFor();
  running.mock.room.read("agent", 1);
  for (const sample of SAMPLES.slice(0, 4)) running.mock.room.fromAgent(sample);
  running.mock.agentTypes(true);
  await frame.locator(".typing").waitFor();
  await page.waitForTimeout(300);
  await shot("2-talk");
  await frame.locator(".message.out .icon-button").first().click();
  await page.waitForTimeout(200);
  await shot("3-menu");
  await page.keyboard.press("Escape");
  for (const sample of SAMPLES.slice(4, 8)) running.mock.room.fromAgent(sample);
  await frame.locator(".info").nth(1).waitFor();
  await frame.locator(".scroller").evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await page.waitForTimeout(300);
  await shot("4-kinds");
  await frame.locator(".form").scrollIntoViewIfNeeded();
  await shot("4b-kinds");
  for (const sample of SAMPLES.slice(8)) running.mock.room.fromAgent(sample);
  await frame.locator(".text.gone").waitFor();
  await frame.locator(".scroller").evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await page.waitForTimeout(300);
  await shot("5-kinds");
  await frame.locator(".composer .icon-button[aria-expanded]").click();
  await page.waitForTimeout(200);
  await shot("6-emoji");
  await page.keyboard.press("Escape");
  running.mock.refusals.push({ match: "POST /widget/v1/messages", status: 422, code: "too_long" });
  await write(guest, "This one is refused by the server");
  await frame.locator(".failed").waitFor();
  await page.context().setOffline(true);
  await frame.locator("textarea").fill("Written without a network");
  await frame.locator(".send").click();
  await frame.locator(".notice").waitFor();
  await page.waitForTimeout(300);
  await shot("7-trouble");
  await browser.close();
  await running.stop();
});

it("pre-chat", async () => {
  const mock = new Mock();
  mock.config.color = "#facc15";
  mock.config.pre_chat = [
    { key: "name", label: "Name", kind: "text", required: true, options: [] },
    { key: "email", label: "E-mail", kind: "email", required: true, options: [] },
    { key: "topic", label: "Topic", kind: "select", required: false, options: ["Orders", "Other"] },
    { key: "terms", label: "I agree to the terms", kind: "checkbox", required: true, options: [] },
  ];
  const running = await run(mock);
  const browser = await launch();
  const guest = await visit(browser, running);
  await openChat(guest);
  await guest.frame.locator(".primary").click();
  await guest.page.waitForTimeout(300);
  await guest.page.screenshot({ path: `${DIR}/pre-chat.png` });
  await browser.close();
  await running.stop();
});
