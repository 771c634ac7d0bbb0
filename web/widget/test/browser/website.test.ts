/** The loader on somebody else's page: what it offers, what it leaves alone, whom it believes. */

import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Running, run } from "../../dev/server.ts";
import { launch, openChat, until, type Visit, visit, write } from "./visit.ts";

let browser: Browser;
let running: Running;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  running = await run();
});
afterEach(() => running.stop());

const launcher = ({ page }: Visit) => page.locator("button[aria-expanded=false]");

describe("the page", () => {
  it("gets no frame before somebody wants it, no cookie and no style of ours", async () => {
    const guest = await visit(browser, running);
    await launcher(guest).waitFor();
    expect(await guest.page.evaluate(() => ({
      cookie: document.cookie,
      sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
      handler: window.onmessage,
    }))).toEqual({ cookie: "", sheets: 1, handler: null });
    expect(guest.page.frames()).toHaveLength(1);
    await launcher(guest).hover();
    await until(() => guest.page.frames().length === 2);
  });

  it("works under a strict policy of the page", async () => {
    const csp = `default-src 'none'; script-src ${running.origin}; connect-src ${running.origin}; frame-src ${running.origin}`;
    running.host.headers = { "Content-Security-Policy": csp };
    running.host.html = running.host.html.replace(/<style>[^]*?<\/style>|<script>[^]*?<\/script>/g, "");
    const guest = await visit(browser, running);
    await openChat(guest);
    await guest.frame.getByText("How can we help").waitFor();
    expect(await launcherColor(guest)).toBe("rgb(79, 70, 229)");
    expect(guest.complaints).toEqual([]);
  });

  it("shows nothing where the widget is not allowed, and says why to the developer", async () => {
    running.mock.refusals.push({ match: "GET /widget/v1/wk_demo/config", status: 403, code: "origin_not_allowed" });
    const guest = await visit(browser, running);
    const warning = guest.page.waitForEvent("console", (message) => message.text().includes("origin_not_allowed"));
    await guest.page.reload();
    await warning;
    expect(await guest.page.locator("button").count()).toBe(0);
  });

  it("says that the history will be gone when the browser blocks storage", async () => {
    const guest = await visit(browser, running);
    await guest.page.addInitScript(() => {
      Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("blocked", "SecurityError"); } });
    });
    await guest.page.reload();
    await openChat(guest);
    await guest.frame.getByText("This browser blocks storage").waitFor();
    await write(guest, "Still works");
    await guest.frame.locator(".status.sent").waitFor();
  });
});

describe("window.tertulia", () => {
  it("runs what was queued before the script came, in order", async () => {
    const calls = [["setLocale", "pt"], ["identify", { id: "u1", hash: "00", name: "Ana" }], ["noSuchThing"], ["open"]];
    running.host.html = running.host.html.replace(/window\.tertulia = .*;/, `window.tertulia = { q: ${JSON.stringify(calls)} };`);
    const guest = await visit(browser, running);
    await guest.frame.getByPlaceholder("Escreva uma mensagem…").waitFor();
    await until(() => running.mock.room.visitor.verified);
  });

  it("tells of opening, closing, messages and unread counts", async () => {
    const guest = await visit(browser, running);
    await launcher(guest).waitFor();
    await guest.page.evaluate(() => {
      const heard: unknown[] = [];
      Object.assign(window, { heard });
      for (const name of ["open", "close", "unread", "message"]) {
        window.tertulia?.q?.push(["on", name, (value: unknown) => heard.push([name, (value as { text?: string } | undefined)?.text ?? value])]);
      }
    });
    const heard = () => guest.page.evaluate(() => JSON.stringify((window as unknown as { heard: unknown }).heard));
    await openChat(guest);
    await write(guest, "Hello");
    await until(() => running.mock.liveSockets === 1);
    await guest.page.evaluate(() => window.tertulia?.toggle?.());
    await until(async () => (await heard()).includes('"close"'));
    running.mock.room.fromAgent({ content: { type: "text", text: "An answer" } });
    await until(async () => (await heard()).includes('["unread",1]'));
    expect(await heard()).toContain('["message","An answer"]');
    expect(await heard()).toMatch(/^\[\["open",null\]/);
  });

  it("sends attributes once there is a visitor, and proves an identity on any device", async () => {
    const guest = await visit(browser, running);
    await launcher(guest).waitFor();
    await guest.page.evaluate(() => window.tertulia?.setAttributes?.({ plan: "pro" }));
    expect(guest.page.frames()).toHaveLength(1);
    await openChat(guest);
    await write(guest, "Hello");
    await until(() => JSON.stringify(running.mock.room.profile) === '{"attributes":{"plan":"pro"}}');
    expect(running.mock.room.visitor.verified).toBe(false);
    await guest.page.evaluate(() => window.tertulia?.identify?.({ id: "u1", hash: "00" }));
    await until(() => running.mock.room.visitor.verified);
    await guest.frame.getByText("Hello", { exact: true }).waitFor();
  });

  it("lets a visitor of before sign in where a proven identity is required by now", async () => {
    const guest = await visit(browser, running);
    await openChat(guest);
    await write(guest, "Before");
    await guest.frame.locator(".status.sent").waitFor();
    running.mock.config.enforce_identity = true;
    running.mock.refusals.push({ match: "GET /widget/v1/me", status: 401, code: "identity_invalid" });
    running.mock.refusals.push({ match: "POST /widget/v1/identify", status: 401, code: "identity_invalid" });
    await guest.page.reload();
    await openChat(guest);
    await guest.frame.getByText("Please sign in").waitFor();
    running.mock.refusals.shift();
    await guest.page.evaluate(() => window.tertulia?.identify?.({ id: "u1", hash: "00" }));
    await guest.frame.locator("textarea").waitFor();
  });

  it("asks to sign in where a proven identity is required", async () => {
    running.mock.config.enforce_identity = true;
    const guest = await visit(browser, running);
    await openChat(guest);
    await guest.frame.getByText("Please sign in").waitFor();
    await guest.page.evaluate(() => window.tertulia?.identify?.({ id: "u1", hash: "00" }));
    await guest.frame.locator("textarea").waitFor();
  });
});

describe("messages between page and frame", () => {
  it("are believed from nobody else and of no other version", async () => {
    const guest = await visit(browser, running);
    await openChat(guest);
    await write(guest, "Hello");
    await guest.frame.locator(".status.sent").waitFor();
    const frame = guest.page.frames().find((each) => each.url().includes("/widget/frame"));
    await guest.page.evaluate(() => {
      window.postMessage({ tertulia: 1, type: "close" }, location.origin);
      const shadow = [...document.querySelectorAll("div")].find((element) => element.shadowRoot)?.shadowRoot;
      const chat = shadow?.querySelector("iframe")?.contentWindow;
      chat?.postMessage({ tertulia: 2, type: "reset" }, "*");
      chat?.postMessage("reset", "*");
      Object.assign(window, { chat });
      const stranger = document.createElement("iframe");
      stranger.srcdoc = "<script>parent.chat.postMessage({ tertulia: 1, type: 'reset' }, '*')</script>";
      document.body.append(stranger);
    });
    await until(() => guest.page.frames().length === 3);
    await frame?.evaluate(() => parent.postMessage({ tertulia: 1, type: "unread", count: 7 }, "*"));
    await guest.page.getByRole("button", { name: "Lamps & Chairs (7)" }).waitFor();
    expect(await frame?.getByText("Hello", { exact: true }).count()).toBe(1);
    expect(await guest.page.locator("button[aria-expanded=true]").count()).toBe(1);
  });
});

describe("preview", () => {
  const show = (page: Page, origin: string) =>
    page.evaluate((src) => {
      const iframe = document.createElement("iframe");
      iframe.src = `${src}/widget/frame?key=preview`;
      const config = { title: "Not saved yet", subtitle: "", greeting: "Hi", color: "#b91c1c", locale: "es", pre_chat: [], attachments_enabled: true, emoji_enabled: true, enforce_identity: false, online: true, team: [] };
      iframe.addEventListener("load", () => iframe.contentWindow?.postMessage({ tertulia: 1, type: "preview", config }, src));
      document.body.replaceChildren(iframe);
    }, origin);

  it("shows our console a configuration that is not saved, without asking the server", async () => {
    const page = await browser.newPage();
    await page.goto(`${running.origin}/widget/loader.js`);
    await show(page, running.origin);
    const frame = page.frameLocator("iframe");
    await frame.getByText("Not saved yet").waitFor();
    await frame.getByPlaceholder("Escribe un mensaje…").waitFor();
    expect(running.mock.log).toEqual([]);
  });

  it("is refused to anybody else", async () => {
    const { page } = await visit(browser, running);
    await show(page, running.origin);
    const frame = page.frameLocator("iframe");
    await frame.locator(".loading").waitFor();
    expect(await frame.getByText("Not saved yet").count()).toBe(0);
  });
});

async function launcherColor({ page }: Visit): Promise<string> {
  return page.locator("button[aria-expanded]").first().evaluate((button) => getComputedStyle(button).backgroundColor);
}
