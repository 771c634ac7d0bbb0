/** Scrolling of a list that grows at both ends. */

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** Closer to the end than this counts as being there. */
const END_SLACK_PX = 48;

/** `firstKey` is the first row's key: when it changes, rows were put before it and the place is kept. */
export function useStickToEnd(firstKey: string | undefined) {
  const element = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const isStuck = useRef(true);
  const before = useRef({ firstKey, height: 0 });

  const scrollToEnd = useCallback(() => {
    isStuck.current = true;
    setAtEnd(true);
    element.current?.scrollTo({ top: element.current.scrollHeight });
  }, []);
  const onScroll = useCallback(() => {
    const { current } = element;
    if (current === null) return;
    isStuck.current = current.scrollHeight - current.scrollTop - current.clientHeight < END_SLACK_PX;
    setAtEnd(isStuck.current);
  }, []);

  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    if (isStuck.current) current.scrollTop = current.scrollHeight;
    else if (before.current.firstKey !== firstKey) current.scrollTop += current.scrollHeight - before.current.height;
    before.current = { firstKey, height: current.scrollHeight };
  });

  /** Pictures load, the keyboard opens, the composer grows: the end stays the end. */
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    const observer = new ResizeObserver(() => {
      if (isStuck.current) current.scrollTop = current.scrollHeight;
    });
    observer.observe(current);
    for (const child of current.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);
  return { element, isAtEnd, scrollToEnd, onScroll };
}
