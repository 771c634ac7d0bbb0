import { useCallback, useLayoutEffect, useRef, useState } from "react";

/** Nearer to an end than this counts as being there. */
const END_PX = 60;
const START_PX = 300;

interface Options {
  firstKey: string | undefined;
  lastKey: string | undefined;
  onNearStart: () => void;
}

/** Keeps a thread at its end while somebody reads there, and still while older messages appear above. */
export function useThreadScroll({ firstKey, lastKey, onNearStart }: Options) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const before = useRef({ firstKey, height: 0, atEnd: true });
  const [isAtEnd, setAtEnd] = useState(true);

  const toEnd = useCallback((behavior: ScrollBehavior = "smooth") => {
    const element = scroller.current;
    element?.scrollTo({ top: element.scrollHeight, behavior });
  }, []);

  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < END_PX;
    before.current.atEnd = atEnd;
    before.current.height = element.scrollHeight;
    setAtEnd(atEnd);
    if (element.scrollTop < START_PX) onNearStart();
  };

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const { height, atEnd, firstKey: oldFirst } = before.current;
    if (oldFirst !== firstKey && oldFirst !== undefined && !atEnd) element.scrollTop += element.scrollHeight - height;
    else if (atEnd) element.scrollTop = element.scrollHeight;
    before.current = { firstKey, height: element.scrollHeight, atEnd };
  }, [firstKey, lastKey]);

  // Pictures that arrive late and a composer that grows change heights too.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || !content.current) return;
    const observer = new ResizeObserver(() => {
      if (before.current.atEnd) element.scrollTop = element.scrollHeight;
      before.current.height = element.scrollHeight;
    });
    observer.observe(content.current);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return { scroller, content, isAtEnd, toEnd, onScroll };
}
