import { formatDay } from "@tertulia/core";
import { ArrowDown } from "lucide-react";
import { useMemo } from "react";
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
import { threadItems, type ThreadItem } from "./items.ts";
import { useReadMark } from "./use-read-mark.ts";
import { useThreadScroll } from "./use-scroll.ts";
import type { useThread } from "./use-thread.ts";

export function Thread({ conversationId, thread }: { conversationId: number; thread: ReturnType<typeof useThread> }) {
  const { t } = useLanguage();
  const outbox = useOutbox();
  const { messages, firstUnreadSeq, query, conversation } = thread;
  const pending = useMemo(() => outbox.filter(({ lane }) => lane === String(conversationId)), [outbox, conversationId]);
  const items = useMemo(() => threadItems(messages, pending, firstUnreadSeq), [messages, pending, firstUnreadSeq]);
  const scroll = useThreadScroll({
    firstKey: items.find(({ kind }) => kind === "bubble")?.key,
    lastKey: items.at(-1)?.key,
    onNearStart: () => void thread.older(),
  });
  useReadMark(conversationId, messages.at(-1)?.seq ?? 0, scroll.isAtEnd);

  if (query.isError && messages.length === 0) {
    return (
      <Empty title={t("common.failed")} text={explain(query.error, t)}>
        <Button onClick={() => void query.refetch()}>{t("common.tryAgain")}</Button>
      </Empty>
    );
  }
  return (
    <div className="relative min-h-0 flex-1">
      {/* The scroller is focusable, so that the keyboard can scroll it. */}
      <div
        ref={scroll.scroller} onScroll={scroll.onScroll} tabIndex={0} role="log" aria-label={t("thread.label")}
        className="h-full overflow-x-hidden overflow-y-auto [overflow-anchor:none] focus-visible:-outline-offset-2"
      >
        <div ref={scroll.content} className="mx-auto flex min-h-full w-full max-w-[58rem] flex-col justify-end px-4 pt-6 pb-4 sm:px-6">
          {thread.isLoadingOlder && <div className="flex justify-center py-3 text-ink-3"><Spinner /></div>}
          {query.isPending && messages.length === 0 && <CenteredSpinner label={t("common.loading")} />}
          {items.map((item) => (
            <Item key={item.key} item={item} contactReadSeq={conversation?.contact_read_seq ?? 0} />
          ))}
        </div>
      </div>
      {!scroll.isAtEnd && (
        <Button
          size="small" icon={<ArrowDown size={15} />} onClick={() => scroll.toEnd()}
          className="appear absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-2"
        >
          {t("thread.jumpToLatest")}
        </Button>
      )}
    </div>
  );
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
