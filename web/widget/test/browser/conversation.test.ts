/** A visitor and a team talk: through the loader, on a website of another origin, with the server's real policy. */

import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Running, run } from "../../dev/server.ts";
import { launch, openChat, openPage, until, type Visit, visit, write } from "./visit.ts";

let browser: Browser;
let running: Running;
let guest: Visit;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  running = await run();
  guest = await visit(browser, running);
});
afterEach(async () => {
  expect(guest.complaints).toEqual([]);
  await guest.page.context().close();
  await running.stop();
});

const text = (content: string) => ({ content: { type: "text" as const, text: content } });
const bubbles = () => guest.frame.locator(".message:not(.greeting-bubble) .text").allTextContents();

describe("a first visit", () => {
  it("leaves no trace on the server until the visitor writes", async () => {
    await openChat(guest);
    await guest.frame.getByText("How can we help").waitFor();
    expect(running.mock.log.filter((call) => !call.startsWith("GET /widget/v1/wk_demo/config"))).toEqual([]);
    await write(guest, "Hello");
    await guest.frame.locator(".status.sent").waitFor();
    expect(running.mock.room.messages.map((message) => message.text)).toEqual(["Hello"]);
  });

  it("asks the questions first and sends the answers", async () => {
    running.mock.config.pre_chat = [
      { key: "email", label: "E-mail", kind: "email", required: true, options: [] },
      { key: "topic", label: "Topic", kind: "select", required: false, options: ["Orders"] },
    ];
    await guest.page.reload();
    await openChat(guest);
    expect(await guest.frame.locator("textarea").count()).toBe(0);
    await guest.frame.locator(".primary").click();
    await guest.frame.getByText("Please fill this in").waitFor();
    await guest.frame.getByLabel("E-mail").fill("ana@example.com");
    await guest.frame.getByLabel("Topic").selectOption("Orders");
    await guest.frame.locator(".primary").click();
    await guest.frame.locator("textarea").waitFor();
    expect(running.mock.room.profile).toEqual({ email: "ana@example.com", attributes: { topic: "Orders" } });
  });
});

describe("live", () => {
  beforeEach(async () => {
    await openChat(guest);
    await write(guest, "Hello");
    await guest.frame.locator(".status.sent").waitFor();
    await until(() => running.mock.liveSockets === 1);
  });

  it("shows that it was read, who is typing, and the answer", async () => {
    running.mock.room.read("agent", 1);
    await guest.frame.locator(".status.read").waitFor();
    running.mock.agentTypes(true);
    await guest.frame.getByText("Marta is typing…").first().waitFor();
    running.mock.room.fromAgent(text("Good morning"));
    await guest.frame.getByText("Good morning").waitFor();
    await guest.frame.locator(".typing").waitFor({ state: "detached" });
    await until(() => running.mock.room.contactRead === 2);
  });

  it("tells the team that the visitor types, and stops", async () => {
    await guest.frame.locator("textarea").pressSequentially("abc");
    await until(() => running.mock.typing[0] === true);
    await guest.frame.locator("textarea").press("Enter");
    await until(() => running.mock.typing.at(-1) === false);
    expect(running.mock.typing).toEqual([true, false]);
  });

  it("counts on the closed launcher what came in, and clears when opened", async () => {
    await guest.frame.getByRole("button", { name: "Close chat" }).click();
    running.mock.room.fromAgent(text("one"));
    running.mock.room.fromAgent(text("two"));
    await guest.page.getByRole("button", { name: "Lamps & Chairs (2)" }).waitFor();
    await until(async () => (await guest.page.title()) === "(2) A shop");
    expect(running.mock.room.contactRead).toBe(0);
    await guest.page.locator("button[aria-expanded=false]").click();
    await guest.page.getByRole("button", { name: "Lamps & Chairs", exact: true }).waitFor();
    await until(() => running.mock.room.contactRead === 3);
  });

  it("has the history on return, and the badge without a click", async () => {
    running.mock.room.fromAgent({ ...text("An answer"), skipsSeq: true });
    await guest.frame.getByText("An answer").waitFor();
    await until(() => running.mock.room.contactRead > 0);
    await guest.page.goto("about:blank");
    running.mock.room.fromAgent(text("While you were away"));
    guest = await openPage(guest.page, running.website);
    await guest.page.getByRole("button", { name: "Lamps & Chairs (1)" }).waitFor();
    await openChat(guest);
    await guest.frame.getByText("While you were away").waitFor();
    expect(await bubbles()).toEqual(["Hello", "An answer", "While you were away"]);
  });

  it("resumes after a broken connection with nothing missing and nothing twice", async () => {
    for (let round = 0; round < 5; round += 1) {
      running.mock.dropSockets();
      running.mock.room.fromAgent(text(`answer ${round}`));
      await write(guest, `question ${round}`);
      await until(() => running.mock.liveSockets === 1);
    }
    await guest.frame.getByText("answer 4").waitFor();
    await until(() => running.mock.room.messages.length === 11);
    await guest.frame.locator(".status.sending").waitFor({ state: "detached" });
    expect(await bubbles()).toEqual(running.mock.room.messages.map((message) => message.text));
  });

  it("keeps what is written without a network, over a reload, and sends it once and in order", async () => {
    await guest.page.context().setOffline(true);
    await write(guest, "first");
    await write(guest, "second");
    await guest.frame.getByText("No connection").waitFor();
    expect(await guest.frame.locator(".status.sending").count()).toBe(1);
    await guest.page.context().setOffline(false);
    await until(() => running.mock.room.messages.length === 3);
    await guest.frame.locator(".status.sent").waitFor();
    expect(await bubbles()).toEqual(["Hello", "first", "second"]);
    expect(running.mock.room.messages.map((message) => message.text)).toEqual(["Hello", "first", "second"]);
  });

  it("sends after a reload what an earlier page could not", async () => {
    running.mock.refusals.push({ match: "POST /widget/v1/messages", status: 503, code: "unavailable" });
    await write(guest, "unlucky");
    await until(() => running.mock.log.filter((call) => call === "POST /widget/v1/messages").length === 2);
    running.mock.refusals.length = 0;
    guest = await openPage(guest.page, running.website);
    await until(() => running.mock.room.messages.length === 2);
    await openChat(guest);
    await guest.frame.getByText("unlucky").waitFor();
    expect(await bubbles()).toEqual(["Hello", "unlucky"]);
  });

  it("says why a message was refused, and sends it again or forgets it", async () => {
    running.mock.refusals.push({ match: "POST /widget/v1/messages", status: 422, code: "too_long" });
    await write(guest, "long");
    await guest.frame.getByText("The message is too long").waitFor();
    running.mock.refusals.length = 0;
    await guest.frame.getByRole("button", { name: "Try again" }).click();
    await until(() => running.mock.room.messages.length === 2);
    running.mock.refusals.push({ match: "POST /widget/v1/messages", status: 422, code: "too_long" });
    await write(guest, "longer");
    await guest.frame.getByRole("button", { name: "Discard" }).click();
    await guest.frame.getByText("longer").waitFor({ state: "detached" });
  });

  it("edits, deletes, quotes and reacts", async () => {
    const { frame } = guest;
    const menu = async (of: string, item: string) => {
      await frame.locator(".message", { hasText: of }).getByRole("button", { name: "Message options" }).click();
      await frame.getByRole("menu").getByText(item).click();
    };
    await menu("Hello", "Edit");
    await write(guest, "Hello there");
    await frame.getByText("edited").waitFor();
    expect(running.mock.room.messages[0]?.text).toBe("Hello there");

    running.mock.room.fromAgent(text("Which one?"));
    await menu("Which one?", "Reply");
    await write(guest, "The red one");
    await until(() => running.mock.room.messages[2]?.reply_to?.text === "Which one?");
    await frame.locator(".quote", { hasText: "Which one?" }).waitFor();

    await frame.locator(".message", { hasText: "Which one?" }).first().getByRole("button", { name: "Message options" }).click();
    await frame.getByRole("menuitemradio").first().click();
    await until(() => running.mock.room.messages[1]?.reactions[0]?.emoji === "👍");
    await frame.locator(".reactions button").click();
    await until(() => running.mock.room.messages[1]?.reactions.length === 0);

    await menu("Hello there", "Delete");
    expect(running.mock.room.messages[0]?.deleted_at).toBeNull();
    await frame.getByRole("menu").getByText("Delete for everyone?").click();
    await frame.getByText("This message was deleted").waitFor();
  });

  it("uploads what was picked and pasted, shows progress and a preview, and sends it with a caption", async () => {
    const { frame } = guest;
    const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
    await frame.locator("input[type=file]").setInputFiles({ name: "dot.png", mimeType: "image/png", buffer: png });
    await frame.locator(".upload img").waitFor();
    await frame.locator("textarea").evaluate((area) => {
      const data = new DataTransfer();
      data.items.add(new File(["notes"], "notes.txt", { type: "text/plain" }));
      area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
    });
    await frame.getByText("notes.txt").waitFor();
    await until(() => running.mock.attachments.size === 2);
    await frame.locator(".upload progress").first().waitFor({ state: "detached" });
    await write(guest, "See these");
    await until(() => running.mock.room.messages.length === 2);
    expect(running.mock.room.messages[1]).toMatchObject({ content: { type: "file", text: "See these" }, attachments: [{ name: "dot.png" }, { name: "notes.txt" }] });
    await frame.locator(".message .picture img").waitFor();
    expect(await frame.locator(".upload").count()).toBe(0);
  });

  it("takes dropped files, and offers a failed upload again", async () => {
    const { frame } = guest;
    running.mock.refusals.push({ match: "POST /widget/v1/attachments", status: 503, code: "unavailable" });
    await frame.locator("body").evaluate((body) => {
      const data = new DataTransfer();
      data.items.add(new File(["x"], "dropped.txt", { type: "text/plain" }));
      body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
    });
    await frame.getByText("Could not be uploaded").waitFor();
    expect(await frame.locator(".send").isDisabled()).toBe(true);
    running.mock.refusals.length = 0;
    await frame.getByRole("button", { name: "Try again" }).click();
    await until(() => running.mock.attachments.size === 1);
    await until(() => frame.locator(".send").isEnabled());
  });

  it("loads older messages and keeps the place", async () => {
    for (let n = 0; n < 40; n += 1) running.mock.room.fromAgent(text(`line ${n}`));
    guest = await openPage(guest.page, running.website);
    await openChat(guest);
    await guest.frame.getByText("line 39").waitFor();
    expect(await guest.frame.getByText("Hello", { exact: true }).count()).toBe(0);
    await guest.frame.getByRole("button", { name: "Show earlier messages" }).click();
    await guest.frame.getByText("Hello", { exact: true }).waitFor();
    expect(await bubbles()).toEqual(running.mock.room.messages.map((message) => message.text));
    expect(await guest.frame.locator(".scroller").evaluate((element) => element.scrollTop)).toBeGreaterThan(200);
  });

  it("is one conversation in two tabs", async () => {
    const other = await openPage(await guest.page.context().newPage(), running.website);
    await openChat(other);
    await other.frame.getByText("Hello", { exact: true }).waitFor();
    await until(() => running.mock.liveSockets === 2);
    await write(other, "From the other tab");
    await guest.frame.getByText("From the other tab").waitFor();
    await write(guest, "From the first");
    await other.frame.getByText("From the first").waitFor();
    for (const { frame } of [guest, other]) {
      expect(await frame.locator(".message.in .text").allTextContents()).toEqual(["Hello", "From the other tab", "From the first"]);
    }
    await other.page.evaluate(() => window.tertulia?.reset?.());
    await guest.frame.getByText("Hello", { exact: true }).waitFor({ state: "detached" });
    expect(other.complaints).toEqual([]);
  });

  it("forgets everything when the website says that its user signed out", async () => {
    await guest.page.evaluate(() => window.tertulia?.reset?.());
    await guest.frame.getByText("Hello", { exact: true }).waitFor({ state: "detached" });
    await write(guest, "Somebody else");
    await until(() => running.mock.rooms.size === 2);
  });
});
