import { useInfiniteQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { Inbox } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { explain } from "../../app/problems.ts";
import { useT } from "../../i18n/use-t.ts";
import { useLive, useLiveClient } from "../../live/hooks.ts";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { CenteredSpinner } from "../../ui/spinner.tsx";
import { useMe } from "../session/use-me.ts";
import { isListOfApps, listed, type ConversationFilter } from "./filter.ts";
import { conversationsQuery } from "./queries.ts";
import { ConversationRow } from "./row.tsx";

const ROW_PX = 80;

/** The conversations of a filter: only the rows on screen exist. */
export function ConversationList({ filter, selectedId }: { filter: ConversationFilter; selectedId: number | undefined }) {
  const t = useT();
  const { user } = useMe();
  const client = useLiveClient();
  const query = useInfiniteQuery(conversationsQuery(client, filter));
  const state = useLive((each) => each);
  const bounds = query.data?.pages.at(-1)?.bounds;
  const ids = useMemo(() => listed(state, filter, user.id, bounds ?? []), [state, filter, user.id, bounds]);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
    getItemKey: (index) => ids[index] ?? index,
  });
  const visible = rows.getVirtualItems();
  const lastVisible = visible.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastVisible >= ids.length - 10) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastVisible, ids.length]);

  if (query.isPending) return <CenteredSpinner label={t("common.loading")} />;
  if (query.isError && ids.length === 0) {
    return (
      <Empty title={t("common.failed")} text={explain(query.error, t)}>
        <Button onClick={() => void query.refetch()}>{t("common.tryAgain")}</Button>
      </Empty>
    );
  }
  if (ids.length === 0) return <Empty icon={<Inbox size={28} />} title={t("list.empty")} text={t(`list.emptyText.${isListOfApps(filter) ? "pending" : filter.view}`)} />;
  return (
    <div ref={scroller} className="h-full overflow-y-auto" tabIndex={-1}>
      <ul className="relative" style={{ height: rows.getTotalSize() }} aria-label={t("list.label")} onKeyDown={moveFocus}>
        {visible.map((item) => {
          const id = ids[item.index];
          return id === undefined ? null : (
            <li
              key={item.key} data-index={item.index} ref={rows.measureElement}
              className="absolute inset-x-0 top-0" style={{ transform: `translateY(${item.start}px)` }}
            >
              <ConversationRow id={id} isSelected={id === selectedId} showsAssignee={filter.view === "all"} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Arrow keys go from row to row. */
function moveFocus(event: React.KeyboardEvent<HTMLUListElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>("a")].sort((a, b) => rowOf(a) - rowOf(b));
  const index = links.findIndex((link) => link === document.activeElement);
  const next = links[index + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function rowOf(link: HTMLElement): number {
  return Number(link.closest("li")?.dataset["index"] ?? 0);
}
