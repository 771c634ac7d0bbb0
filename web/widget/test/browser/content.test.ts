/** Every kind of message, safe and usable: markup stays text, buttons and forms answer, axe finds nothing. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SAMPLES } from "../../dev/samples.ts";
import { type Running, run } from "../../dev/server.ts";
import { launch, openChat, until, type Visit, visit, write } from "./visit.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser: Browser;
let running: Running;
let guest: Visit;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  running = await run();
});
afterEach(async () => {
  expect(guest.complaints).toEqual([]);
  await guest.page.context().close();
  await running.stop();
});

async function talk(options = {}): Promise<void> {
  guest = await visit(browser, running, options);
  await openChat(guest);
  await write(guest, "Hello");
  await until(() => running.mock.liveSockets === 1);
}

/** The frame is an own document with a policy that forbids foreign code, so axe is put in by the debugger. */
async function violations(): Promise<string[]> {
  const frame = guest.page.frames().find((each) => each.url().includes("/widget/frame"));
  await frame?.evaluate(AXE);
  const results = (await frame?.evaluate("axe.run(document)")) as { violations: { id: string; nodes: { html: string }[] }[] };
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

describe("accessibility", () => {
  it.each([
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["on a phone", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
  ])("axe finds nothing, %s", async (_name, options) => {
    await talk({ ...options, reducedMotion: "reduce" });
    for (const sample of SAMPLES) running.mock.room.fromAgent(sample);
    running.mock.room.change(101, { reactions: [{ emoji: "👍", kind: "agent", id: null, name: "Marta" }] });
    await guest.frame.getByText("This message cannot be shown here.").waitFor();
    running.mock.refusals.push({ match: "POST /widget/v1/messages", status: 422, code: "too_long" });
    await write(guest, "refused");
    await guest.frame.locator(".failed").waitFor();
    expect(await violations()).toEqual([]);
    await guest.frame.getByRole("button", { name: "Message options" }).last().click();
    expect(await violations()).toEqual([]);
    await guest.page.keyboard.press("Escape");
    await guest.frame.getByRole("button", { name: "Emoji" }).click();
    expect(await violations()).toEqual([]);
  });

  it("axe finds nothing in the form before the chat, in any accent colour", async () => {
    for (const color of ["#ffe600", "#000000", "#ff5a5f", "#9ca3af"]) {
      running.mock.config.color = color;
      running.mock.config.pre_chat = [
        { key: "name", label: "Name", kind: "text", required: true, options: [] },
        { key: "terms", label: "I agree", kind: "checkbox", required: true, options: [] },
      ];
      guest = await visit(browser, running, { reducedMotion: "reduce" });
      await openChat(guest);
      await guest.frame.locator(".primary").click();
      expect(await violations(), color).toEqual([]);
      if (color !== "#9ca3af") await guest.page.context().close();
    }
  });

  it("can be used with the keyboard alone", async () => {
    guest = await visit(browser, running);
    const { page, frame } = guest;
    await page.locator("button[aria-expanded=false]").waitFor();
    await page.evaluate(() => window.tertulia?.open?.());
    await until(() => frame.locator("textarea").evaluate((area) => document.activeElement === area));
    await page.keyboard.type("From the keyboard");
    await page.keyboard.press("Enter");
    await until(() => running.mock.room.messages.length === 1);

    await frame.getByRole("button", { name: "Emoji" }).focus();
    await page.keyboard.press("Enter");
    await until(() => frame.locator(".emoji-grid button").first().evaluate((button) => document.activeElement === button));
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await until(async () => (await frame.locator("textarea").inputValue()) === "😘");

    for (let stop = 0; stop < 12; stop += 1) {
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.tagName)).toBe("IFRAME");
    }
    await page.keyboard.press("Escape");
    await page.locator("button[aria-expanded=false]").waitFor();
    expect(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.tagName)).toBe("BUTTON");
  });
});

describe("answers", () => {
  it("sends a tapped button once, and shows which one it was", async () => {
    await talk();
    const buttons = SAMPLES.find(({ content }) => content.type === "buttons");
    const asked = running.mock.room.fromAgent(buttons ?? { content: { type: "text", text: "" } });
    await guest.frame.getByRole("button", { name: "Delivery" }).click();
    await until(() => running.mock.room.messages.length === 3);
    expect(running.mock.room.messages[2]?.content).toEqual({ type: "reply", text: "Delivery", message_id: asked.id, values: { button: "delivery" } });
    expect(await guest.frame.getByRole("button", { name: "Return or exchange" }).isDisabled()).toBe(true);
    expect(await guest.frame.getByRole("button", { name: "Delivery" }).getAttribute("aria-pressed")).toBe("true");
    const link = guest.frame.getByRole("link", { name: "Read our terms" });
    expect([await link.getAttribute("href"), await link.getAttribute("rel")]).toEqual(["https://example.com/terms", "noopener noreferrer"]);
  });

  it("sends a filled form once, and refuses an incomplete one", async () => {
    await talk();
    const form = SAMPLES.find(({ content }) => content.type === "form");
    const asked = running.mock.room.fromAgent(form ?? { content: { type: "text", text: "" } });
    const send = guest.frame.locator(".form .primary");
    await send.click();
    await guest.frame.getByText("Please fill this in").first().waitFor();
    await guest.frame.getByLabel("City").fill("Lisbon");
    await guest.frame.getByLabel("When").selectOption("Morning");
    await send.click();
    await guest.frame.getByText("Answered").waitFor();
    await until(() => running.mock.room.messages.length === 3);
    expect(running.mock.room.messages[2]?.content).toEqual({
      type: "reply",
      text: "City: Lisbon\nWhen: Morning",
      message_id: asked.id,
      values: { city: "Lisbon", slot: "Morning" },
    });
  });
});

describe("hostile content", () => {
  const ATTACKS = [
    "<img src=x onerror=window.parent.hit=1>",
    "<script>hit=1</script>",
    "javascript:hit=1",
    "\"><svg onload=hit=1>",
    "https://a.example/\" onmouseover=\"hit=1",
    "data:text/html,<script>hit=1</script>",
    "<iframe srcdoc='<script>top.hit=1</script>'>",
  ];

  it("is shown as text, in every place that a stranger can write", async () => {
    await talk();
    const sender = { kind: "agent" as const, id: null, name: ATTACKS[0] ?? "", avatar_url: null };
    for (const attack of ATTACKS) {
      const { room } = running.mock;
      const url = attack.startsWith("j") || attack.startsWith("d") ? attack : null;
      const button = { id: attack, title: attack, url };
      room.fromAgent({ content: { type: "text", text: attack }, sender });
      room.fromAgent({ content: { type: "buttons", text: attack, buttons: [button] }, sender });
      room.fromAgent({ content: { type: "cards", cards: [{ title: attack, subtitle: attack, image_url: url, buttons: [button] }] }, sender });
      room.fromAgent({ content: { type: "location", latitude: 0, longitude: 0, title: attack, address: attack }, sender });
      room.fromAgent({ content: { type: "contact", name: attack, phones: [attack], emails: [attack] }, sender });
      room.fromAgent({ content: { type: "email", subject: attack, text: attack, html: attack, from: attack, to: [], cc: [] }, sender });
      room.fromAgent({ content: { type: "form", title: attack, fields: [{ key: attack, label: attack, kind: "select", required: true, options: [attack] }] }, sender });
    }
    await until(async () => (await guest.frame.locator(".message.out").count()) === ATTACKS.length * 7 + 1);
    const found = await guest.frame.locator("body").evaluate((body) => ({
      tags: body.querySelectorAll("script:not([src]), iframe, .bubble svg:not(.icon), .bubble img[src=x]").length,
      links: [...body.querySelectorAll("a")].map((link) => link.protocol),
      handlers: [...body.querySelectorAll("*")].filter((element) => [...element.attributes].some(({ name }) => name.startsWith("on"))).length,
      hit: "hit" in window,
    }));
    expect(found).toMatchObject({ tags: 0, handlers: 0, hit: false });
    expect([...new Set(found.links)].sort()).toEqual(["https:", "mailto:", "tel:"]);
    expect(await guest.page.evaluate(() => "hit" in window)).toBe(false);
  });
});
