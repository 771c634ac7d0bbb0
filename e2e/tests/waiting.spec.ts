// How long a customer waits: shown at once, and the same as what the server says.
import { expect, test } from "../src/fixtures.ts";
import { VisitorApi } from "../src/visitor_api.ts";

interface Conversation {
  id: number;
  waiting_since: string | null;
}

test("a wait begins and ends live, as the server counts it", async ({ desk, api, server, inbox }) => {
  const visitor = await VisitorApi.arrive(server.binary.origin, inbox.settings.key, { url: "https://shop.example/", title: "Shop" });
  await visitor.introduce({ name: "Willa Waits" });
  await visitor.say("Is somebody there?");
  await desk.openConversationAbout("Is somebody there?");
  const row = desk.page.getByRole("list", { name: "Conversations" }).getByRole("link").filter({ hasText: "Willa Waits" });
  const timer = row.locator("time").filter({ has: desk.page.getByRole("img", { name: "Waits for an answer" }) });
  await expect(timer).toBeVisible();
  await desk.reply("Yes, I am");
  await expect(timer).toHaveCount(0);

  await visitor.say("Good. Where is my chair?");
  await expect(timer).toBeVisible();
  await visitor.say("Hello?");
  await expect(row).toContainText("Hello?");
  const id = Number(new URL(desk.page.url()).pathname.split("/").at(-1));
  const { waiting_since } = await api.get<Conversation>(`/v1/conversations/${id}`);
  expect(waiting_since).not.toBeNull();
  await expect(timer).toHaveAttribute("datetime", waiting_since ?? "");
  await desk.page.reload();
  await expect(timer).toHaveAttribute("datetime", waiting_since ?? "");
});
