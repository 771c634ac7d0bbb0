import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { Bot, Contact as ContactIcon, Inbox, Settings, UserRound, UserRoundX, UsersRound } from "lucide-react";
import type { ReactNode } from "react";
import { useLanguage } from "../../i18n/use-t.ts";
import { LabelDot } from "../../ui/badge.tsx";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { cx } from "../../ui/classes.ts";
import { Logo } from "../../ui/logo.tsx";
import { isListOfApps } from "../conversations/filter.ts";
import { countsQuery } from "../conversations/queries.ts";
import { readSearch, toFilter, type ConversationSearch } from "../conversations/search-params.ts";
import { useApps, useInboxes, useLabels, useTeams } from "../directory/queries.ts";
import { useMe } from "../session/use-me.ts";
import { useNavDrawer } from "./nav-drawer.ts";
import { UserMenu } from "./user-menu.tsx";

/** Where everything is: views with counters, inboxes, teams, labels, contacts, settings. */
export function Nav() {
  const { t } = useLanguage();
  const me = useMe();
  const { data: counts } = useQuery(countsQuery);
  const [inboxes, teams, labels] = [useInboxes(), useTeams(), useLabels()];
  // Who sees no inbox on which an app answers has nothing to look for there.
  const isVisible = (inboxId: number) => inboxes.some(({ id }) => id === inboxId);
  const hasApps = useApps().some(({ inboxes: places }) => places.some(({ inbox_id, role }) => role === "answers" && isVisible(inbox_id))) || (counts?.pending ?? 0) > 0;
  return (
    <nav aria-label={t("nav.label")} className="flex h-full w-[13.5rem] flex-col bg-canvas">
      <div className="flex h-14 shrink-0 items-center gap-2.5 px-4">
        <Logo size={24} />
        <span className="min-w-0 truncate font-semibold tracking-tight">{me.account.name}</span>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        <ul>
          <Item to="/conversations" search={{ view: "mine" }} icon={<UserRound size={17} />} count={counts?.mine}>{t("view.mine")}</Item>
          <Item to="/conversations" search={{ view: "unassigned" }} icon={<UserRoundX size={17} />} count={counts?.unassigned}>{t("view.unassigned")}</Item>
          {hasApps && <Item to="/conversations" search={{ view: "all", status: "pending" }} icon={<Bot size={17} />} count={counts?.pending}>{t("statusFilter.pending")}</Item>}
          <Item to="/conversations" search={{ view: "all" }} icon={<Inbox size={17} />} count={counts?.all}>{t("view.all")}</Item>
        </ul>
        <Group title={t("nav.inboxes")} isEmpty={inboxes.length === 0}>
          {inboxes.map(({ id, name, channel }) => (
            <Item key={id} to="/conversations" search={{ view: "all", inbox: id }} icon={<ChannelIcon channel={channel} size={16} />}>
              {name}
            </Item>
          ))}
        </Group>
        <Group title={t("nav.teams")} isEmpty={teams.length === 0}>
          {teams.map(({ id, name }) => (
            <Item key={id} to="/conversations" search={{ view: "all", team: id }} icon={<UsersRound size={16} />}>{name}</Item>
          ))}
        </Group>
        <Group title={t("nav.labels")} isEmpty={labels.length === 0}>
          {labels.map(({ id, name, color }) => (
            <Item key={id} to="/conversations" search={{ view: "all", label: name }} icon={<LabelDot color={color} />}>{name}</Item>
          ))}
        </Group>
      </div>
      <ul className="shrink-0 border-t border-line px-2 py-2">
        <Item to="/contacts" icon={<ContactIcon size={17} />}>{t("nav.contacts")}</Item>
        <Item to="/settings" icon={<Settings size={17} />}>{t("nav.settings")}</Item>
      </ul>
      <UserMenu />
    </nav>
  );
}

function Group({ title, isEmpty, children }: { title: string; isEmpty: boolean; children: ReactNode }) {
  if (isEmpty) return null;
  return (
    <section className="mt-4">
      <h2 className="eyebrow px-2.5 pb-1">{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

interface ItemProps {
  to: "/conversations" | "/contacts" | "/settings";
  search?: ConversationSearch;
  icon: ReactNode;
  count?: number | undefined;
  children: ReactNode;
}

function Item({ to, search, icon, count, children }: ItemProps) {
  const { locale } = useLanguage();
  const isActive = useIsActive(to, search);
  const drawer = useNavDrawer();
  return (
    <li>
      <Link
        to={to} search={search ?? {}} onClick={drawer.close}
        aria-current={isActive ? "page" : undefined}
        className={cx("flex h-8 items-center gap-2.5 rounded-md px-2.5", isActive ? "bg-selected font-medium text-ink" : "text-ink-2 hover:bg-hover hover:text-ink")}
      >
        <span className="flex w-[17px] shrink-0 justify-center">{icon}</span>
        <span className="min-w-0 flex-1 truncate">{children}</span>
        {count !== undefined && count > 0 && (
          <span className="text-sm tabular-nums text-ink-3">{new Intl.NumberFormat(locale).format(count)}</span>
        )}
      </Link>
    </li>
  );
}

/** A list is active when the address asks for it, whatever else narrows it. */
function useIsActive(to: ItemProps["to"], wanted: ConversationSearch | undefined): boolean {
  return useLocation({
    select: ({ pathname, search }) => {
      if (!pathname.startsWith(to)) return false;
      if (!wanted) return true;
      const current = toFilter(readSearch(search));
      if (isListOfApps(current) || isListOfApps(toFilter(wanted))) return isListOfApps(current) && isListOfApps(toFilter(wanted));
      return current.view === wanted.view && current.inbox === wanted.inbox && current.team === wanted.team && current.label === wanted.label;
    },
  });
}
