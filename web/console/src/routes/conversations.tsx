import { createRoute, Outlet, useMatch } from "@tanstack/react-router";
import { ConversationList } from "../features/conversations/list.tsx";
import { ListHeader } from "../features/conversations/list-header.tsx";
import { readSearch, toFilter } from "../features/conversations/search-params.ts";
import { SearchResults } from "../features/conversations/search-results.tsx";
import { useT } from "../i18n/use-t.ts";
import { cx } from "../ui/classes.ts";
import { appRoute } from "./app.tsx";

/** The list, with the opened conversation beside it, or instead of it where there is room for one only. */
export const conversationsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/conversations",
  validateSearch: readSearch,
  component: Conversations,
});

function Conversations() {
  const t = useT();
  const search = conversationsRoute.useSearch();
  const filter = toFilter(search);
  const opened = useMatch({ from: "/app/conversations/$conversationId", shouldThrow: false });
  return (
    <div className="flex h-full">
      <section aria-label={t("list.label")} className={cx("h-full w-full shrink-0 flex-col border-r border-line bg-surface md:flex md:w-[18rem] panel:w-[20rem] wide:w-[25rem]", opened ? "hidden" : "flex")}>
        <ListHeader filter={filter} search={search} />
        <div className="min-h-0 flex-1">
          {search.q ? <SearchResults text={search.q} /> : <ConversationList key={JSON.stringify(filter)} filter={filter} selectedId={opened?.params.conversationId} />}
        </div>
      </section>
      <main className={cx("h-full min-w-0 flex-1 md:block", !opened && "hidden")}>
        <Outlet />
      </main>
    </div>
  );
}
