/** A real Chromium for the tests that need one. The frame is driven through the website that embeds it. */

import { type Browser, type BrowserContextOptions, chromium, type FrameLocator, type Page } from "playwright-core";
import type { Running } from "../../dev/server.ts";

const CHROMIUM = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
const QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 20;

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", ...QUIET] });
}

export interface Visit {
  page: Page;
  frame: FrameLocator;
  /** Everything that the browser complained about: exceptions and violations of the security policy. */
  complaints: string[];
}

/** Opens the website as a new visitor. */
export async function visit(browser: Browser, { website }: Running, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: "en-US", ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  return openPage(await context.newPage(), website);
}

export async function openPage(page: Page, website: string): Promise<Visit> {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (/Content.Security.Policy|Uncaught/.test(message.text())) complaints.push(message.text());
  });
  await page.goto(website);
  return { page, frame: page.frameLocator("iframe"), complaints };
}

export async function openChat({ page, frame }: Visit): Promise<void> {
  await page.locator("button[aria-expanded=false]").click();
  await frame.locator(".app").waitFor();
}

export async function write({ frame }: Visit, text: string): Promise<void> {
  await frame.locator("textarea").fill(text);
  await frame.locator(".send").click();
}

/** Waits for a condition; fails with it when it does not come true in time. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not in time: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
