// The address book: in and out as CSV, two that are one, one that is blocked, one that is erased.
import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { type Api } from "../src/api.ts";
import { Desk } from "../src/desk.ts";
import { expect, test } from "../src/fixtures.ts";
import { VisitorApi } from "../src/visitor_api.ts";

interface Contact {
  id: number;
  name: string;
  email: string | null;
  phone: string | null;
}

const drawer = (page: Page) => page.getByRole("dialog", { name: "Contact" });
const action = async (page: Page, name: string) => {
  await drawer(page).getByRole("button", { name: "Actions" }).click();
  await drawer(page).getByRole("button", { name, exact: true }).click();
};
const add = (api: Api, name: string, more: { email?: string; phone?: string } = {}) =>
  api.post<Contact>("/v1/contacts", { name, email: null, phone: null, ...more });

/** A name can be searched for a moment after it was written. */
async function found(api: Api, name: string): Promise<Contact> {
  const search = async () => (await api.get<{ items: Contact[] }>(`/v1/contacts?q=${encodeURIComponent(name)}`)).items;
  await expect.poll(async () => (await search()).length).toBe(1);
  const [contact] = await search();
  if (contact === undefined) throw new Error(`${name} was found and then not`);
  return contact;
}

test("a CSV file is looked at, taken in and given out again", async ({ desk, server }) => {
  const { page } = desk;
  await page.goto(`${server.binary.origin}/contacts`);
  await page.getByRole("button", { name: "Import" }).click();
  const dialog = page.getByRole("dialog", { name: "Import" });
  const csv = "name,email,attributes.plan\nZoë Import,zoe@import.example,gold\nYuri Import,yuri@import.example,\nNobody,not an address,\n";
  await dialog.locator('input[type="file"]').setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await expect(dialog.getByRole("listitem")).toContainText("Row 4");
  await expect(dialog.getByRole("status")).toContainText(/3\s*rows\s*2\s*new\s*0\s*updated\s*1\s*rejected/);
  await dialog.getByRole("button", { name: "Import 2 contacts" }).click();
  await expect(page.getByText("2 contacts are imported.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Zoë Import" })).toBeVisible();

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export" }).click();
  const text = await readFile(await (await download).path(), "utf8");
  expect(text).toMatch(/Zoë Import.*zoe@import\.example/);
  expect(text).not.toContain("Nobody");
});

test("two contacts become one", async ({ desk, api, server }) => {
  const { page } = desk;
  const into = await add(api, "Rosa Lind", { email: "rosa@merge.example" });
  const from = await add(api, "R. Lind", { phone: "+4915112345678" });
  await found(api, "rosa@merge.example");
  await page.goto(`${server.binary.origin}/contacts?contact=${from.id}`);
  await action(page, "Merge into another contact");
  const dialog = page.getByRole("dialog", { name: "Merge R. Lind into…" });
  await dialog.getByLabel("Find the other contact").fill("rosa@merge.example");
  await dialog.getByRole("button", { name: /Rosa Lind/ }).click();
  await dialog.getByRole("button", { name: "Merge into Rosa Lind" }).click();

  await expect(page).toHaveURL(new RegExp(`contact=${into.id}$`));
  await expect(drawer(page).getByLabel("Phone")).toHaveValue("+4915112345678");
  await expect(drawer(page).getByLabel("E-mail")).toHaveValue("rosa@merge.example");
  await expect(page.getByRole("button", { name: "R. Lind", exact: true })).toHaveCount(0);
});

test("a blocked contact cannot write until it is unblocked", async ({ desk, api, server, inbox }) => {
  const { page } = desk;
  const visitor = await VisitorApi.arrive(server.binary.origin, inbox.settings.key, { url: "https://shop.example/", title: "Shop" });
  await visitor.introduce({ name: "Bruno Block" });
  await visitor.say("Buy my pills");
  const contact = await found(api, "Bruno Block");
  await page.goto(`${server.binary.origin}/contacts?contact=${contact.id}`);
  await action(page, "Block");
  await page.getByRole("dialog", { name: "Block Bruno Block?" }).getByRole("button", { name: "Block" }).click();
  await expect(drawer(page).getByText("Blocked")).toBeVisible();
  await expect(visitor.say("More pills")).rejects.toThrow("contact_blocked");
  await drawer(page).getByRole("button", { name: "Unblock" }).click();
  await expect(drawer(page).getByText("Blocked")).toHaveCount(0);
  await visitor.say("I am sorry");
});

test("an erased person is gone", async ({ desk, api, server, inbox }) => {
  const { page } = desk;
  const visitor = await VisitorApi.arrive(server.binary.origin, inbox.settings.key, { url: "https://shop.example/", title: "Shop" });
  await visitor.introduce({ name: "Erik Erased" });
  await visitor.say("My secret is a pink bathroom");
  const contact = await found(api, "Erik Erased");
  const list = await api.get<{ items: { id: number; contact: Contact }[] }>("/v1/conversations?view=all");
  const conversation = list.items.find((each) => each.contact.id === contact.id);
  expect(conversation).toBeDefined();
  const colleague = new Desk(await page.context().newPage(), server.binary.origin);
  await colleague.openConversation(conversation?.id ?? 0);
  await colleague.expectMessage("My secret is a pink bathroom");
  await page.goto(`${server.binary.origin}/contacts?contact=${contact.id}`);
  await action(page, "Erase");
  const dialog = page.getByRole("dialog", { name: "Erase everything about Erik Erased?" });
  await expect(dialog.getByRole("button", { name: "Erase" })).toBeDisabled();
  await dialog.getByRole("textbox").fill("Erik Erased");
  await dialog.getByRole("button", { name: "Erase" }).click();

  await expect(drawer(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Erik Erased" })).toHaveCount(0);
  await expect(colleague.page.getByText(/pink bathroom|Erik/)).toHaveCount(0);
  await expect
    .poll(() => api.get<object>(`/v1/conversations/${conversation?.id}/messages`).then((log) => JSON.stringify(log)))
    .not.toContain("pink bathroom");
  await page.goto(`${server.binary.origin}/conversations/${conversation?.id}`);
  await expect(page.getByRole("log").getByRole("article").first()).toBeVisible();
  await expect(page.getByText(/pink bathroom|Erik/)).toHaveCount(0);
});
