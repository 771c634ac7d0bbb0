import { formatDay } from "@tertulia/core";
import { ArrowDown } from "lucide-react";
import { useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { explain } from "../../app/problems.ts";
import { useNow } from "../../app/use-now.ts";
import { useLanguage } from "../../i18n/use-t.ts";
import { useOutbox } from "../../live/hooks.ts";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { CenteredSpinner, Spinner } from "../../ui/spinner.tsx";
import { ActivityLine } from "../message/activity-line.tsx";
import { MessageBubble } from "../message/message-bubble.tsx";
import { PendingBubble } from "../message/pending-bubble.tsx";
import { Announcer } from "./announcer.tsx";
import { threadItems, type ThreadItem } from "./items.ts";
import { ShowMessageContext } from "./show-message.ts";
import { useReadMark } from "./use-read-mark.ts";
import { useRows } from "./use-rows.ts";
import { useSought } from "./use-sought.ts";
import type { useThread } from "./use-thread.ts";

export function Thread({ conversationId, thread }: { conversationId: number; thread: ReturnType<typeof useThread> }) {
  const { t } = useLanguage();
  const { messages, query, conversation, hasNewer } = thread;
  const { items, pendingCount } = useItems(conversationId, thread);
  const sought = useSought(thread);
  const { scroller, rows, isAtEnd, onScroll, toEnd } = useRows({
    items,
    isLatest: !hasNewer,
    soughtIndex: sought.soughtSeq === null ? -1 : indexOf(items, sought.soughtSeq),
    onShown: sought.onShown,
    onNearStart: thread.older,
    onNearEnd: thread.newer,
  });
  const isRead = isAtEnd && !hasNewer;
  useReadMark(conversationId, messages.at(-1)?.seq ?? 0, isRead);
  // What I send is at the end, and so am I.
  useEffect(() => {
    if (pendingCount > 0) toEnd();
  }, [pendingCount]);
  useLayoutEffect(() => {
    if (thread.returns > 0) toEnd();
  }, [thread.returns]);

  if (query.isError && messages.length === 0) {
    return (
      <Empty title={t("common.failed")} text={explain(query.error, t)}>
        <Button onClick={() => void query.refetch()}>{t("common.tryAgain")}</Button>
      </Empty>
    );
  }
  return (
    <ShowMessageContext value={sought.show}>
      <div className="relative min-h-0 flex-1">
        {thread.isLoadingOlder && <Loading className="top-2" />}
        {query.isPending && messages.length === 0 && <div className="absolute inset-0"><CenteredSpinner label={t("common.loading")} /></div>}
        {/* The scroller is focusable, so that the keyboard can scroll it. Older messages come into it too, so what is new is announced elsewhere. */}
        <div
          ref={scroller} onScroll={onScroll} tabIndex={0} role="log" aria-live="off" aria-label={t("thread.label")}
          className="h-full overflow-x-hidden overflow-y-auto [overflow-anchor:none] focus-visible:-outline-offset-2"
        >
          <div className="mx-auto flex min-h-full w-full max-w-[58rem] flex-col justify-end px-4 sm:px-6">
            <div className="relative shrink-0" style={{ height: rows.getTotalSize() }}>
              {rows.getVirtualItems().map(({ key, index, start }) => {
                const item = items[index];
                return item && (
                  <div key={key} ref={rows.measureElement} data-index={index} className="absolute inset-x-0 top-0 flow-root" style={{ transform: `translateY(${start}px)` }}>
                    <Item item={item} contactReadSeq={conversation?.contact_read_seq ?? 0} />
                  </div>
                );
              })}
            </div>
          </div>
        </div>
        {thread.isLoadingNewer && <Loading className="bottom-2" />}
        <Announcer messages={messages} isLatest={!hasNewer} />
        {!isRead && messages.length > 0 && (
          <Button
            size="small" icon={<ArrowDown size={15} />} onClick={() => (hasNewer ? thread.latest() : toEnd())}
            className="appear absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-2"
          >
            {t("thread.jumpToLatest")}
          </Button>
        )}
      </div>
    </ShowMessageContext>
  );
}

/** What is on its way belongs to the end, and is shown there. */
function useItems(conversationId: number, { messages, firstUnreadSeq, hasOlder, hasNewer }: ReturnType<typeof useThread>) {
  const outbox = useOutbox();
  const pending = useMemo(() => (hasNewer ? [] : outbox.filter(({ lane }) => lane === String(conversationId))), [outbox, conversationId, hasNewer]);
  const groupStarts = useRef(new Set<number>()).current;
  const items = useMemo(() => {
    if (hasOlder && messages[0]) groupStarts.add(messages[0].seq);
    return threadItems(messages, pending, { firstUnreadSeq, hasOlder, groupStarts });
  }, [messages, pending, firstUnreadSeq, hasOlder, groupStarts]);
  return { items, pendingCount: pending.length };
}

function indexOf(items: readonly ThreadItem[], seq: number): number {
  return items.findIndex((item) => (item.kind === "bubble" && item.bubble.kind === "message" ? item.bubble.message.seq : item.kind === "activity" ? item.message.seq : 0) === seq);
}

function Loading({ className }: { className: string }) {
  return <div className={`pointer-events-none absolute inset-x-0 z-10 flex justify-center text-ink-3 ${className}`}><Spinner /></div>;
}

function Item({ item, contactReadSeq }: { item: ThreadItem; contactReadSeq: number }) {
  switch (item.kind) {
    case "day":
      return <DayHeading at={item.at} />;
    case "unread":
      return <UnreadMark />;
    case "activity":
      return <ActivityLine message={item.message} />;
    case "bubble":
      return item.bubble.kind === "message" ? (
        <MessageBubble
          message={item.bubble.message} startsGroup={item.startsGroup} endsGroup={item.endsGroup}
          isRead={item.bubble.message.seq <= contactReadSeq}
        />
      ) : (
        <PendingBubble item={item.bubble.item} startsGroup={item.startsGroup} />
      );
  }
}

function DayHeading({ at }: { at: string }) {
  const { locale } = useLanguage();
  const now = useNow();
  return (
    <div className="my-4 flex items-center gap-3 text-xs font-medium text-ink-3">
      <span className="h-px flex-1 bg-line" />
      <h3>{formatDay(at, locale, now)}</h3>
      <span className="h-px flex-1 bg-line" />
    </div>
  );
}

function UnreadMark() {
  const { t } = useLanguage();
  return (
    <div className="my-3 flex items-center gap-3 text-xs font-semibold text-unread">
      <span className="h-px flex-1 bg-unread opacity-50" />
      <span>{t("thread.newMessages")}</span>
      <span className="h-px flex-1 bg-unread opacity-50" />
    </div>
  );
}
