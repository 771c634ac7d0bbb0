import { useNavigate } from "@tanstack/react-router";
import { ArrowDownWideNarrow, ListFilter, Menu as MenuIcon, Search, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useT } from "../../i18n/use-t.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Menu, MenuCheckItem, MenuItem, MenuLabel, MenuSeparator } from "../../ui/menu.tsx";
import { useInboxes, useLabels, useTeams, useUsers } from "../directory/queries.ts";
import { useNavDrawer } from "../shell/nav-drawer.ts";
import { isListOfApps, PRIORITIES, SORTS, STATUS_FILTERS, type ConversationFilter } from "./filter.ts";
import { clean, type ConversationSearch } from "./search-params.ts";

const SEARCH_PAUSE_MS = 250;

interface Props {
  filter: ConversationFilter;
  search: ConversationSearch;
}

export function ListHeader({ filter, search }: Props) {
  const t = useT();
  const navigate = useNavigate();
  const drawer = useNavDrawer();
  const change: Change = (part) =>
    void navigate({ to: ".", search: (current) => clean({ ...current, ...part } as ConversationSearch), replace: true });

  return (
    <header className="flex flex-col gap-2 border-b border-line px-3 pt-2.5 pb-2">
      <div className="flex items-center gap-1.5">
        <IconButton label={t("nav.open")} className="-ml-1 lg:hidden" onClick={drawer.open}>
          <MenuIcon size={18} />
        </IconButton>
        <h1 className="min-w-0 flex-1 truncate px-0.5 text-lg font-semibold"><ListTitle filter={filter} /></h1>
        <SortMenu filter={filter} onChange={change} />
        <FilterMenu filter={filter} onChange={change} />
      </div>
      <SearchBox text={search.q ?? ""} onSearch={(q) => change({ q: q || undefined })} />
      <Chips filter={filter} onChange={change} />
    </header>
  );
}

type Change = (part: Partial<Record<keyof ConversationSearch, unknown>>) => void;

function ListTitle({ filter }: { filter: ConversationFilter }) {
  const t = useT();
  const inbox = useInboxes().find(({ id }) => id === filter.inbox);
  const team = useTeams().find(({ id }) => id === filter.team);
  const view = isListOfApps(filter) ? t("statusFilter.pending") : t(`view.${filter.view}`);
  return <>{inbox?.name ?? team?.name ?? filter.label ?? view}</>;
}

function SearchBox({ text, onSearch }: { text: string; onSearch: (text: string) => void }) {
  const t = useT();
  const [written, setWritten] = useState(text);
  useEffect(() => {
    if (written === text) return;
    const timer = setTimeout(() => onSearch(written.trim()), SEARCH_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [written, text, onSearch]);
  return (
    <div className="relative" role="search">
      <Search size={15} className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3" />
      <input
        type="search" aria-label={t("list.search")} placeholder={t("list.search")} value={written} data-shortcut="search"
        onChange={(event) => setWritten(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && setWritten("")}
        className="field h-8 border-transparent bg-sunken pl-8 [&::-webkit-search-cancel-button]:hidden"
      />
      {written && (
        <button type="button" aria-label={t("list.clearSearch")} onClick={() => setWritten("")} className="absolute top-1/2 right-1.5 -translate-y-1/2 rounded-sm p-1 text-ink-3 hover:text-ink">
          <X size={14} />
        </button>
      )}
    </div>
  );
}

function SortMenu({ filter, onChange }: { filter: ConversationFilter; onChange: Change }) {
  const t = useT();
  return (
    <Menu align="end" trigger={<IconButton label={t("list.sort")}><ArrowDownWideNarrow size={17} /></IconButton>}>
      <MenuLabel>{t("list.sort")}</MenuLabel>
      {SORTS.map((sort) => (
        <MenuCheckItem key={sort} checked={filter.sort === sort} onCheck={() => onChange({ sort: sort === "newest" ? undefined : sort })}>
          {t(`sort.${sort}`)}
        </MenuCheckItem>
      ))}
    </Menu>
  );
}

function FilterMenu({ filter, onChange }: { filter: ConversationFilter; onChange: Change }) {
  const t = useT();
  const [labels, inboxes, users] = [useLabels(), useInboxes(), useUsers()];
  const toggle = (key: keyof ConversationSearch, value: unknown) => onChange({ [key]: filter[key as keyof ConversationFilter] === value ? undefined : value });
  return (
    <Menu align="end" trigger={<IconButton label={t("list.filter")}><ListFilter size={17} /></IconButton>}>
      <MenuLabel>{t("list.status")}</MenuLabel>
      {STATUS_FILTERS.map((status) => (
        <MenuCheckItem key={status} stay checked={filter.status === status} onCheck={() => onChange({ status: status === "active" ? undefined : status })}>
          {t(`statusFilter.${status}`)}
        </MenuCheckItem>
      ))}
      <MenuSeparator />
      <MenuCheckItem stay checked={filter.unread === true} onCheck={() => toggle("unread", true)}>{t("list.onlyUnread")}</MenuCheckItem>
      <MenuSeparator />
      <MenuLabel>{t("list.priority")}</MenuLabel>
      {PRIORITIES.map((priority) => (
        <MenuCheckItem key={priority} stay checked={filter.priority === priority} onCheck={() => toggle("priority", priority)}>
          {t(`priority.${priority}`)}
        </MenuCheckItem>
      ))}
      {labels.length > 0 && <MenuLabel>{t("list.labelFilter")}</MenuLabel>}
      {labels.map(({ id, name }) => (
        <MenuCheckItem key={id} stay checked={filter.label === name} onCheck={() => toggle("label", name)}>{name}</MenuCheckItem>
      ))}
      <MenuLabel>{t("list.inbox")}</MenuLabel>
      {inboxes.map(({ id, name }) => (
        <MenuCheckItem key={id} stay checked={filter.inbox === id} onCheck={() => toggle("inbox", id)}>{name}</MenuCheckItem>
      ))}
      <MenuLabel>{t("list.assignee")}</MenuLabel>
      {users.map(({ id, name }) => (
        <MenuCheckItem key={id} stay checked={filter.assignee === id} onCheck={() => toggle("assignee", id)}>{name}</MenuCheckItem>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={() => onChange({ status: undefined, unread: undefined, priority: undefined, label: undefined, inbox: undefined, assignee: undefined })}>
        {t("list.clearFilters")}
      </MenuItem>
    </Menu>
  );
}

/** What narrows the list now, each with a way out. */
function Chips({ filter, onChange }: { filter: ConversationFilter; onChange: Change }) {
  const t = useT();
  const user = useUsers().find(({ id }) => id === filter.assignee);
  const chips: { key: keyof ConversationSearch; text: string }[] = [];
  if (filter.status !== "active" && !isListOfApps(filter)) chips.push({ key: "status", text: t(`statusFilter.${filter.status}`) });
  if (filter.unread) chips.push({ key: "unread", text: t("list.onlyUnread") });
  if (filter.priority) chips.push({ key: "priority", text: t(`priority.${filter.priority}`) });
  if (user) chips.push({ key: "assignee", text: user.name });
  if (filter.label && (filter.inbox || filter.team)) chips.push({ key: "label", text: filter.label });
  if (chips.length === 0) return null;
  return (
    <div className="flex flex-wrap gap-1">
      {chips.map(({ key, text }) => (
        <Button key={key} size="tiny" className="rounded-full" onClick={() => onChange({ [key]: undefined })} aria-label={t("list.removeFilter", { name: text })}>
          {text}
          <X size={12} />
        </Button>
      ))}
    </div>
  );
}
