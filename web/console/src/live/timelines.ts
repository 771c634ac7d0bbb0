/** Fetches messages into the timelines of core. */
import { answer } from "@tertulia/api-client";
import { gaps, loadConversations, loadPage, reloadPage, timelineOf, type PageRequest } from "@tertulia/core";
import { api } from "../app/api.ts";
import type { LiveClient } from "./client.ts";

const PAGE_SIZE = 50;

/** From now on live messages of this conversation are kept, even while its first page is on its way. */
function openTimeline({ store }: LiveClient, conversationId: number): void {
  if (store.state.timelines.has(conversationId)) return;
  const nothing = { after: 0, before: 1, tick: 0 };
  store.update((state) => loadPage(state, conversationId, nothing, { items: [], has_more: false }));
}

async function fetchPage(conversationId: number, { after, before }: PageRequest) {
  const query = { limit: PAGE_SIZE, ...(after === undefined ? {} : { after }), ...(before === undefined ? {} : { before }) };
  return answer(api.GET("/v1/conversations/{id}/messages", { params: { path: { id: conversationId }, query } }));
}

/** Loads the newest messages; answers whether there are older ones. */
export async function loadNewest(client: LiveClient, conversationId: number): Promise<boolean> {
  openTimeline(client, conversationId);
  const request = { tick: timelineOf(client.store.state, conversationId).tick };
  const page = await fetchPage(conversationId, request);
  client.store.update((state) => loadPage(state, conversationId, request, page));
  return page.has_more;
}

/** Loads a page above the oldest message that we have; answers whether there are still older ones. */
export async function loadOlder(client: LiveClient, conversationId: number): Promise<boolean> {
  const timeline = timelineOf(client.store.state, conversationId);
  const before = timeline.covered[0]?.from;
  if (before === undefined || before <= 1) return false;
  const request = { before, tick: timeline.tick };
  const page = await fetchPage(conversationId, request);
  client.store.update((state) => loadPage(state, conversationId, request, page));
  return page.has_more;
}

/** Fetches what lies between messages that we have. */
export async function fillGaps(client: LiveClient): Promise<void> {
  for (const { conversation_id, range } of gaps(client.store.state)) {
    const { tick } = timelineOf(client.store.state, conversation_id);
    const request = { after: range.from - 1, before: range.to + 1, tick };
    const page = await fetchPage(conversation_id, request);
    client.store.update((state) => loadPage(state, conversation_id, request, page));
  }
}

/** After missed events every opened conversation starts again from its newest page. */
export async function reloadTimelines(client: LiveClient): Promise<void> {
  for (const [conversationId, { tick }] of client.store.state.timelines) {
    const request = { tick };
    const page = await fetchPage(conversationId, request);
    client.store.update((state) => reloadPage(state, conversationId, request, page));
  }
}

export async function loadConversation({ store }: LiveClient, id: number): Promise<void> {
  const conversation = await answer(api.GET("/v1/conversations/{id}", { params: { path: { id } } }));
  store.update((state) => loadConversations(state, [conversation]));
}
