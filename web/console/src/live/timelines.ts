/** Fetches messages into the timelines of core. */
import { answer } from "@tertulia/api-client";
import { gaps, loadConversations, loadPage, loadSpan, openAround, reloadPage, stretchOf, timelineOf, type PageRequest } from "@tertulia/core";
import { api } from "../app/api.ts";
import type { LiveClient } from "./client.ts";

const PAGE_SIZE = 50;

/** From now on live messages of this conversation are kept, even while its first page is on its way. */
function openTimeline({ store }: LiveClient, conversationId: number): void {
  if (store.state.timelines.has(conversationId)) return;
  const nothing = { after: 0, before: 1, tick: 0 };
  store.update((state) => loadPage(state, conversationId, nothing, { items: [], has_more: false }));
}

/** The server goes in one direction; what it says beyond the other end of a hole is left out. */
async function fetchPage(conversationId: number, { after, before }: Omit<PageRequest, "tick">) {
  const end = after !== undefined ? { after } : before !== undefined ? { before } : {};
  const { items, has_more } = await answer(
    api.GET("/v1/conversations/{id}/messages", { params: { path: { id: conversationId }, query: { limit: PAGE_SIZE, ...end } } }),
  );
  if (after === undefined || before === undefined) return { items, has_more };
  const within = items.filter(({ seq }) => seq < before);
  return { items: within, has_more: has_more && within.length === items.length };
}

/** Loads a page into what is there. */
async function load(client: LiveClient, conversationId: number, part: Omit<PageRequest, "tick">): Promise<void> {
  const request = { ...part, tick: timelineOf(client.store.state, conversationId).tick };
  const page = await fetchPage(conversationId, request);
  client.store.update((state) => loadPage(state, conversationId, request, page));
}

export async function loadNewest(client: LiveClient, conversationId: number): Promise<void> {
  openTimeline(client, conversationId);
  await load(client, conversationId, {});
}

/** Starts again at one message, with as much above it as below. */
export async function loadAround(client: LiveClient, conversationId: number, seq: number): Promise<void> {
  // What is shown stays until the other messages are there.
  if (!client.store.state.timelines.has(conversationId)) client.store.update((state) => openAround(state, conversationId, seq));
  const { tick } = timelineOf(client.store.state, conversationId);
  const [older, newer] = await Promise.all([
    fetchPage(conversationId, { before: seq }),
    fetchPage(conversationId, { after: seq - 1 }),
  ]);
  client.store.update((state) => loadSpan(state, conversationId, { seq, tick }, older, newer));
}

/** Loads the page above what is shown. */
export async function loadOlder(client: LiveClient, conversationId: number): Promise<void> {
  const before = stretchOf(timelineOf(client.store.state, conversationId))?.from;
  if (before !== undefined && before > 1) await load(client, conversationId, { before });
}

/** Loads the page below what is shown, while that is not the newest. */
export async function loadNewer(client: LiveClient, conversationId: number): Promise<void> {
  const timeline = timelineOf(client.store.state, conversationId);
  const after = stretchOf(timeline)?.to;
  if (timeline.around !== null && after !== undefined) await load(client, conversationId, { after });
}

/** Fetches what lies between messages that we have. */
export async function fillGaps(client: LiveClient): Promise<void> {
  for (const { conversation_id, range } of gaps(client.store.state)) {
    await load(client, conversation_id, { after: range.from - 1, before: range.to + 1 });
  }
}

/** Starts again from the newest page. */
export async function reloadNewest(client: LiveClient, conversationId: number): Promise<void> {
  const { tick } = timelineOf(client.store.state, conversationId);
  const page = await fetchPage(conversationId, {});
  client.store.update((state) => reloadPage(state, conversationId, { tick }, page));
}

/** After missed events every opened conversation starts again where it is read. */
export async function reloadTimelines(client: LiveClient): Promise<void> {
  for (const [conversationId, { around }] of client.store.state.timelines) {
    if (around === null) await reloadNewest(client, conversationId);
    else await loadAround(client, conversationId, around);
  }
}

export async function loadConversation({ store }: LiveClient, id: number): Promise<void> {
  const conversation = await answer(api.GET("/v1/conversations/{id}", { params: { path: { id } } }));
  store.update((state) => loadConversations(state, [conversation]));
}
