// A bot that was written for Chatwoot, from its installation in the browser to the conversation that it gets back.
import { test as base } from "@playwright/test";

import { expectAccessible } from "../src/accessibility.ts";
import { AgentBot, AgentBotApi } from "../src/agent_bot.ts";
import { Api, type Inbox } from "../src/api.ts";
import { Binary } from "../src/binary.ts";
import { Desk } from "../src/desk.ts";
import { ADMINISTRATOR, expect } from "../src/fixtures.ts";
import { VisitorApi } from "../src/visitor_api.ts";

interface World {
  bot: AgentBot;
  origin: string;
  inbox: Inbox;
  desk: Desk;
}

const test = base.extend<{ world: World }>({
  world: async ({ page }, use) => {
    const bot = await AgentBot.start();
    const binary = await Binary.start("serve", bot.config());
    const api = new Api(page.request, binary.origin);
    const token = new URL(await binary.setupLink()).searchParams.get("token") ?? "";
    await api.post("/v1/setup", { token, ...ADMINISTRATOR });
    const inbox = await api.post<Inbox>("/v1/inboxes", { name: "Shop website", channel: "widget" });
    await use({ bot, origin: binary.origin, inbox, desk: new Desk(page, binary.origin) });
    await binary.stop();
    await bot.stop();
  },
});

/** Installs the bot, lets it answer on the inbox, and copies its token. */
async function install({ bot, origin, desk: { page } }: World): Promise<AgentBotApi> {
  await page.goto(`${origin}/settings/apps`);
  await page.getByRole("button", { name: "New app" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Triage");
  await page.getByLabel("Endpoint").fill(bot.url);
  await expectAccessible(page, "the form of a new app");
  await page.getByRole("button", { name: "Install" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Triage" })).toBeVisible();
  const role = page.getByRole("combobox", { name: "What it does on Shop website" });
  await role.selectOption("Answers");
  await expect(role).toHaveValue("answers");
  await page.getByRole("button", { name: "Show the secret: Access token" }).click();
  const token = await page.getByLabel("Access token", { exact: true }).textContent();
  await expectAccessible(page, "the page of an app");
  return new AgentBotApi(origin, token?.trim() ?? "");
}

test("a bot answers, asks for a person, and gets the conversation back", async ({ world }) => {
  const { bot, origin, inbox, desk } = world;
  const { page } = desk;
  const api = await install(world);
  const visitor = await VisitorApi.arrive(origin, inbox.settings.key, { url: "https://shop.example/", title: "Shop" });
  await visitor.introduce({ name: "Willa Waits" });
  await visitor.say("Where is my chair?");
  const call = await bot.untilTold("Where is my chair?");
  expect(call.message_type).toBe("incoming");
  expect(await api.answer(call, "Let me look")).toMatchObject({ private: false });

  const nav = page.getByRole("navigation", { name: "Main navigation" });
  const row = page.getByRole("list", { name: "Conversations" }).getByRole("link").filter({ hasText: "Willa Waits" });
  await expect(nav.getByRole("link", { name: "With an app" })).toContainText("1");
  await nav.getByRole("link", { name: "Unassigned" }).click();
  await expect(page.getByText("Every conversation has somebody")).toBeVisible();
  await api.handOver(call);
  await expect(row).toContainText("Asks for a person");
  await row.click();
  await expect(desk.message("Let me look").getByText("App", { exact: true })).toBeVisible();
  const control = page.getByRole("group", { name: "Who is answering" });
  await expect(control).toContainText("Triage asked for a person.");

  await control.getByRole("button", { name: "Take over" }).click();
  await expect(control).toContainText("You are answering.");
  expect(await api.answer(call, "A suggestion")).toMatchObject({ private: true });
  await expect(desk.message("A suggestion")).toContainText("Note, only for colleagues");

  await control.getByRole("button", { name: "More about who answers" }).click();
  await page.getByRole("menuitem", { name: "Give back to Triage" }).click();
  await expect(control).toContainText("Triage is answering.");
  expect(await api.answer(call, "It is on its way")).toMatchObject({ private: false });
  await desk.expectMessage("It is on its way");
  await nav.getByRole("link", { name: "With an app" }).click();
  await row.click();
  await desk.reply("And I have sent you the number");
  await expect(control).toContainText("You are answering.");
  await expect(row).toHaveCount(0);
});

test("a person asks colleagues to come, and says why", async ({ world }) => {
  const { origin, inbox, desk } = world;
  const { page } = desk;
  await install(world);
  const visitor = await VisitorApi.arrive(origin, inbox.settings.key, { url: "https://shop.example/", title: "Shop" });
  await visitor.say("I want my money back");
  await desk.openConversationAbout("I want my money back");
  const control = page.getByRole("group", { name: "Who is answering" });
  await control.getByRole("button", { name: "More about who answers" }).click();
  await page.getByRole("menuitem", { name: "Ask for a person" }).click();
  await page.getByRole("textbox", { name: "Why" }).fill("a refund needs a supervisor");
  await page.getByRole("button", { name: "Ask for a person" }).click();
  await expect(control).toContainText("Anna Weber asked for a person.");
  await expect(control).toContainText("a refund needs a supervisor");
  await expectAccessible(page, "a conversation that people are asked to come to");
});

test("what the bot was told is in the log, and is sent again", async ({ world }) => {
  const { bot, origin, inbox, desk } = world;
  await install(world);
  const visitor = await VisitorApi.arrive(origin, inbox.settings.key, { url: "https://shop.example/", title: "Shop" });
  await visitor.say("Hello");
  await bot.untilTold("Hello");
  const told = desk.page.getByRole("list", { name: "Deliveries" }).getByRole("listitem").filter({ hasText: "message_created" });
  await expect(told.getByText("200", { exact: true })).toBeVisible();
  await told.getByRole("button", { name: "Send again" }).click();
  await bot.untilTold("Hello", 2);
  await expect(told).toContainText("2 attempts");
});
