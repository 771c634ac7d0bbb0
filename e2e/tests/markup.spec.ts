// Whatever people write stays text: every vector of the corpus, in every place that shows a text.
import type { Page } from "@playwright/test";

import type { Conversation } from "../src/api.ts";
import { expect, test } from "../src/fixtures.ts";
import { PwnedCounter, vectors } from "../src/pwned.ts";
import { VisitorApi } from "../src/visitor_api.ts";

const PLAIN_PAGE = { url: "https://shop.example/", title: "Shop" };

test("messages and file names from a visitor stay text in the console", async ({ server, inbox, desk, api }) => {
  const visitor = await VisitorApi.arrive(server.binary.origin, inbox.settings.key, PLAIN_PAGE);
  for (const vector of vectors) {
    await visitor.say(vector);
  }
  for (const vector of vectors.slice(0, 20)) {
    await visitor.say("a file", [await visitor.upload(vector)]);
  }
  const counter = await PwnedCounter.attach(desk.page.context());
  const { items } = await api.get<{ items: Conversation[] }>(`/v1/conversations?inbox_id=${inbox.id}`);
  await desk.openConversation(items[0]?.id ?? 0);
  await readToTheTop(desk.page, vectors[0] ?? "");
  await counter.expectNothingRanIn(desk.page);
});

test("names, attributes and pages of visitors stay text in the console", async ({ server, inbox, desk, api }) => {
  // A visitor, a conversation and a page view for each vector.
  test.setTimeout(240_000);
  for (const vector of vectors) {
    const visitor = await VisitorApi.arrive(server.binary.origin, inbox.settings.key, {
      url: `https://shop.example/?q=${encodeURIComponent(vector)}`,
      title: vector,
    });
    await visitor.introduce({ name: vector, attributes: { plan: vector } });
    await visitor.say("Hello");
  }
  const counter = await PwnedCounter.attach(desk.page.context());
  let cursor: string | null = null;
  let seen = 0;
  do {
    const page: { items: Conversation[]; next_cursor: string | null } = await api.get(
      `/v1/conversations?inbox_id=${inbox.id}&limit=100${cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    for (const conversation of page.items) {
      await desk.openConversation(conversation.id);
      await counter.expectNothingRanIn(desk.page);
      seen += 1;
    }
    cursor = page.next_cursor;
  } while (cursor !== null);
  expect(seen).toBe(vectors.length);
});

test("texts of the business stay text in the widget", async ({ inbox, api, widget, visitor, site }) => {
  const counter = await PwnedCounter.attach(visitor.context());
  const vector = vectors[0] ?? "";
  await api.patch(`/v1/inboxes/${inbox.id}`, {
    greeting: vector,
    settings: { ...inbox.settings, title: vector.slice(0, 60), subtitle: vectors[4]?.slice(0, 60) },
  });
  await visitor.goto(site.origin);
  await widget.open();
  await widget.say("Hello");
  await widget.expectMessage("Hello");
  const { items } = await api.get<{ items: Conversation[] }>(`/v1/conversations?inbox_id=${inbox.id}`);
  for (const text of vectors) {
    await api.post(`/v1/conversations/${items[0]?.id}/messages`, { content: { type: "text", text } });
  }
  await widget.expectMessage(vectors.at(-1) ?? "");
  await counter.expectNothingRanIn(visitor);
});

/** Scrolls the thread up until its first message is there, so that every message was rendered. */
async function readToTheTop(page: Page, first: string): Promise<void> {
  const top = page.getByText(first, { exact: true });
  await expect(async () => {
    await page.getByRole("log").hover();
    await page.mouse.wheel(0, -4000);
    await expect(top.first()).toBeVisible({ timeout: 250 });
  }).toPass({ timeout: 30_000 });
}
