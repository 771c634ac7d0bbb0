/**
 * The messages of one conversation (or of one visitor), ascending by `seq`, fed by pages and by live events.
 *
 * Any repetition, replay or reordering of the same input ends in the same messages. A timeline knows which `seq`s
 * it has seen completely; what lies between is a hole that its owner fetches. Once a page has covered a hole it is
 * closed even when the page was empty: a `seq` can belong to something that this reader may not see.
 *
 * Who looks for an old message reads around it: then only the stretch that holds it is shown, and what lies between
 * it and the newest messages is no hole.
 */

import { compareInstants } from "./instant.ts";
import { mergeMessage } from "./merge.ts";
import type { AnyMessage } from "./protocol.ts";
import { addRange, holesIn, type Range } from "./ranges.ts";

export interface Timeline<M extends AnyMessage> {
  readonly messages: readonly M[];
  readonly covered: readonly Range[];
  /** How many events were applied: read it before a fetch and hand it to `applyPage`. */
  readonly tick: number;
  /** When an event last wrote a message: server time for ordering events, tick for ordering against fetches. */
  readonly touched: ReadonlyMap<number, { readonly at: string; readonly tick: number }>;
  /** The `seq` that is read around; `null` while the newest messages are shown. */
  readonly around: number | null;
}

export interface Page<M extends AnyMessage> {
  readonly items: readonly M[];
  readonly has_more: boolean;
}

/** The part of a timeline that a fetch asked for; the answer covers it as far as it reaches. */
export interface PageRequest {
  readonly after?: number | undefined;
  readonly before?: number | undefined;
  /** The `tick` of the timeline when the request was started. */
  readonly tick: number;
}

export function emptyTimeline<M extends AnyMessage>(): Timeline<M> {
  return { messages: [], covered: [], tick: 0, touched: new Map(), around: null };
}

/** Applies one live message. `at` is the event's time. */
export function applyMessage<M extends AnyMessage>(timeline: Timeline<M>, message: M, at: string): Timeline<M> {
  const tick = timeline.tick + 1;
  const last = timeline.touched.get(message.id);
  const isNewer = last === undefined || compareInstants(at, last.at) >= 0;
  const touched = new Map(timeline.touched).set(message.id, { at: isNewer ? at : last.at, tick });
  return {
    ...timeline,
    messages: place(timeline.messages, message, isNewer),
    covered: addRange(timeline.covered, { from: message.seq, to: message.seq }),
    tick,
    touched,
  };
}

/** Applies the answer to a fetch. It never overwrites what an event wrote after the fetch was started. */
export function applyPage<M extends AnyMessage>(
  timeline: Timeline<M>,
  request: PageRequest,
  page: Page<M>,
): Timeline<M> {
  let messages = timeline.messages;
  for (const message of page.items) {
    const written = timeline.touched.get(message.id);
    messages = place(messages, message, written === undefined || written.tick <= request.tick);
  }
  const reachesEnd = request.after !== undefined && request.before === undefined && !page.has_more;
  return {
    ...timeline,
    messages,
    covered: addRange(timeline.covered, coverage(request, page)),
    around: reachesEnd ? null : timeline.around,
  };
}

/**
 * Applies the answer to a write of our own, which may come before or after its event. `tick` is the timeline's tick
 * when the request was started; without it whatever an event wrote stays.
 */
export function applyAnswer<M extends AnyMessage>(timeline: Timeline<M>, message: M, tick = 0): Timeline<M> {
  return applyPage(timeline, { after: message.seq - 1, tick }, { items: [message], has_more: true });
}

/**
 * Starts again from a freshly fetched page: after a resync what we have may have missed edits and deletions.
 * What events wrote after the fetch was started survives, and what is newer than the page: the answer to an own
 * write can overtake it.
 */
export function replaceWithPage<M extends AnyMessage>(
  timeline: Timeline<M>,
  request: PageRequest,
  page: Page<M>,
): Timeline<M> {
  const end = page.items.at(-1)?.seq ?? 0;
  return applyPage(startAgain(timeline, request.tick, end), request, page);
}

/**
 * Starts again around one message: `older` was fetched with `before: seq`, `newer` with `after: seq - 1`, both when
 * the timeline's tick was `tick`.
 */
export function replaceWithSpan<M extends AnyMessage>(
  timeline: Timeline<M>,
  seq: number,
  tick: number,
  older: Page<M>,
  newer: Page<M>,
): Timeline<M> {
  const fresh = { ...startAgain(timeline, tick), around: seq };
  return applyPage(applyPage(fresh, { before: seq, tick }, older), { after: seq - 1, tick }, newer);
}

/** What is shown, and is complete unless it has holes. */
export function stretchOf<M extends AnyMessage>({ covered, around }: Timeline<M>): Range | null {
  if (around !== null) return covered.find(({ from, to }) => from <= around && around <= to) ?? null;
  const [first, last] = [covered[0], covered.at(-1)];
  return first && last ? { from: first.from, to: last.to } : null;
}

/** The messages of that stretch. */
export function shownOf<M extends AnyMessage>(timeline: Timeline<M>): readonly M[] {
  if (timeline.around === null) return timeline.messages;
  const stretch = stretchOf(timeline);
  if (stretch === null) return [];
  return timeline.messages.filter(({ seq }) => seq >= stretch.from && seq <= stretch.to);
}

/** Applies an event that changes every message in the same way. */
export function applyToAll<M extends AnyMessage>(timeline: Timeline<M>, at: string, change: (message: M) => M): Timeline<M> {
  const tick = timeline.tick + 1;
  const touched = new Map(timeline.messages.map(({ id }) => [id, { at, tick }]));
  return { ...timeline, messages: timeline.messages.map(change), tick, touched };
}

/** What is missing between the first and the last known `seq`: fetch each with `after = from - 1`, `before = to + 1`. */
export function holesOf<M extends AnyMessage>(timeline: Timeline<M>): readonly Range[] {
  return timeline.around === null ? holesIn(timeline.covered) : [];
}

/** The highest `seq` that the timeline has, 0 when it is empty. */
export function lastSeq<M extends AnyMessage>(timeline: Timeline<M>): number {
  return timeline.messages.at(-1)?.seq ?? 0;
}

/** Keeps what events wrote after `tick`, and what is newer than `end`. */
function startAgain<M extends AnyMessage>(timeline: Timeline<M>, tick: number, end = Infinity): Timeline<M> {
  const messages = timeline.messages.filter(
    ({ id, seq }) => seq > end || (timeline.touched.get(id)?.tick ?? 0) > tick,
  );
  const covered = messages.reduce<readonly Range[]>(
    (ranges, { seq }) => addRange(ranges, { from: seq, to: seq }),
    [],
  );
  return { ...timeline, messages, covered, around: null };
}

function coverage(request: PageRequest, page: Page<AnyMessage>): Range {
  const first = page.items[0]?.seq;
  const last = page.items.at(-1)?.seq;
  if (request.after !== undefined) {
    const end = page.has_more || request.before === undefined ? (last ?? request.after) : request.before - 1;
    return { from: request.after + 1, to: end };
  }
  const end = request.before === undefined ? (last ?? 0) : request.before - 1;
  return { from: page.has_more ? (first ?? end + 1) : 1, to: end };
}

function place<M extends AnyMessage>(messages: readonly M[], message: M, isNewer: boolean): readonly M[] {
  const index = insertionIndex(messages, message.seq);
  const current = messages[index];
  if (current === undefined || current.seq !== message.seq) {
    return [...messages.slice(0, index), message, ...messages.slice(index)];
  }
  const merged = mergeMessage(current, message, isNewer);
  return messages.map((each, position) => (position === index ? merged : each));
}

/** Binary search for the first message whose `seq` is not smaller. */
function insertionIndex(messages: readonly AnyMessage[], seq: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((messages[middle]?.seq ?? Number.POSITIVE_INFINITY) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
