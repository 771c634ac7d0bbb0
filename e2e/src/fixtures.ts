// What a test gets: a server with an administrator, a website with the widget on it, two browsers.
import { expect, test as base, type BrowserContext, type Page } from "@playwright/test";

import { Api, type Inbox } from "./api.ts";
import { Binary } from "./binary.ts";
import { Desk } from "./desk.ts";
import { HostPage } from "./host_page.ts";
import { Widget } from "./widget.ts";

const ADMINISTRATOR = {
  account_name: "Garden furniture",
  name: "Anna Weber",
  email: "anna@example.com",
  password: "correct horse battery staple",
  locale: "en",
};

/** One server for all tests of a worker; each test has inboxes and visitors of its own. */
interface Server {
  binary: Binary;
  storageState: Awaited<ReturnType<BrowserContext["storageState"]>>;
}

interface Fixtures {
  api: Api;
  inbox: Inbox;
  site: HostPage;
  desk: Desk;
  visitor: Page;
  widget: Widget;
}

export const test = base.extend<Fixtures, { server: Server }>({
  server: [
    async ({ browser }, use) => {
      const binary = await Binary.start();
      const link = new URL(await binary.setupLink());
      const context = await browser.newContext();
      const api = new Api(context.request, binary.origin);
      await api.post("/v1/setup", { token: link.searchParams.get("token") ?? "", ...ADMINISTRATOR });
      await use({ binary, storageState: await context.storageState() });
      await context.close();
      await binary.stop();
    },
    { scope: "worker" },
  ],

  api: async ({ browser, server }, use) => {
    const context = await browser.newContext({ storageState: server.storageState });
    await use(new Api(context.request, server.binary.origin));
    await context.close();
  },

  inbox: async ({ api }, use, info) => {
    await use(await api.post<Inbox>("/v1/inboxes", { name: info.title.slice(0, 60), channel: "widget" }));
  },

  site: async ({ server, inbox }, use) => {
    const { origin } = server.binary;
    const site = await HostPage.start(
      () => `<script src="${origin}/widget/loader.js" data-key="${inbox.settings.key}" async></script>`,
    );
    await use(site);
    await site.stop();
  },

  desk: async ({ browser, server }, use) => {
    const context = await browser.newContext({ storageState: server.storageState });
    const page = await context.newPage();
    const faults = faultsOf(page);
    await use(new Desk(page, server.binary.origin));
    await context.close();
    expect(faults, "what went wrong in the console's code").toEqual([]);
  },

  visitor: async ({ browser }, use) => {
    const context = await browser.newContext();
    await use(await context.newPage());
    await context.close();
  },

  widget: async ({ visitor, site }, use) => {
    await visitor.goto(site.origin);
    await use(new Widget(visitor));
  },
});

/** Errors of the page's own code, also those that a boundary caught; a request that failed is not one. */
function faultsOf(page: Page): string[] {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) faults.push(message.text());
  });
  return faults;
}

export { ADMINISTRATOR };
export { expect } from "@playwright/test";
