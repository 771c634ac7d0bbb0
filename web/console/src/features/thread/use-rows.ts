/** The rows of a thread: only those near the screen exist, and what is read stays where it is while others come and grow. */
import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useLayoutEffect, useRef, useState } from "react";
import { estimatedPx } from "./estimate.ts";
import type { ThreadItem } from "./items.ts";

/** Nearer to the end than this counts as being there. */
const END_PX = 60;
/** What comes next is fetched this long before it is needed. */
const AHEAD_PX = 1_500;
const PADDING_TOP_PX = 24;
const PADDING_BOTTOM_PX = 16;
/** Rows beyond the screen on either side. */
const OVERSCAN = 10;

interface Options {
  items: readonly ThreadItem[];
  /** The last row is the newest message, so whatever is added there is new. */
  isLatest: boolean;
  /** The row to bring into view, once. */
  soughtIndex: number;
  onShown: () => void;
  onNearStart: () => void;
  onNearEnd: () => void;
}

export function useRows({ items, isLatest, soughtIndex, onShown, onNearStart, onNearEnd }: Options) {
  const scroller = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(false);
  const wasLatest = useRef(isLatest);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: useCallback((index: number) => estimatedPx(items[index]), [items]),
    getItemKey: useCallback((index: number) => items[index]?.key ?? index, [items]),
    rangeExtractor: useCallback((range: Range) => withFocused(range, scroller.current), []),
    overscan: OVERSCAN,
    paddingStart: PADDING_TOP_PX,
    paddingEnd: PADDING_BOTTOM_PX,
    anchorTo: "end",
    // The page that reaches the newest message is not followed: somebody is reading above it.
    followOnAppend: isLatest && wasLatest.current,
    scrollEndThreshold: END_PX,
  });

  const look = () => {
    const element = scroller.current;
    if (!element || items.length === 0) return;
    const below_px = element.scrollHeight - element.scrollTop - element.clientHeight;
    setAtEnd(below_px < END_PX);
    if (element.scrollTop < AHEAD_PX) onNearStart();
    if (below_px < AHEAD_PX) onNearEnd();
  };

  // A thread opens at its end, unless a message was looked for.
  const isEmpty = items.length === 0;
  useLayoutEffect(() => {
    if (!isEmpty) rows.scrollToEnd();
  }, [isEmpty, rows]);
  useLayoutEffect(() => {
    if (soughtIndex < 0) return;
    rows.scrollToIndex(soughtIndex, { align: "center" });
    onShown();
  }, [soughtIndex]);
  const firstKey = items[0]?.key;
  const lastKey = items.at(-1)?.key;
  useLayoutEffect(() => {
    wasLatest.current = isLatest;
    look();
  }, [firstKey, lastKey, isLatest]);

  // A composer that grows leaves less room: who was at the end still is.
  const wasAtEnd = useRef(true);
  wasAtEnd.current = isAtEnd;
  useLayoutEffect(() => {
    if (!scroller.current) return;
    const observer = new ResizeObserver(() => wasAtEnd.current && rows.scrollToEnd());
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [rows]);

  return { scroller, rows, isAtEnd, onScroll: look, toEnd: () => rows.scrollToEnd() };
}

/** The row that has the focus stays, or the keyboard would lose its place when it is scrolled away. */
function withFocused(range: Range, scroller: HTMLElement | null): number[] {
  const indexes = defaultRangeExtractor(range);
  const row = scroller?.contains(document.activeElement) ? document.activeElement?.closest<HTMLElement>("[data-index]") : null;
  const focused = Number(row?.dataset["index"] ?? -1);
  if (focused < 0 || focused >= range.count || indexes.includes(focused)) return indexes;
  return [...indexes, focused].sort((a, b) => a - b);
}
