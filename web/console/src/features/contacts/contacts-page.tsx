import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { Contact as ContactIcon, Download, Menu as MenuIcon, Search, Upload, UserRoundPlus } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { explain } from "../../app/problems.ts";
import { useT } from "../../i18n/use-t.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { SelectField } from "../../ui/field.tsx";
import { CenteredSpinner } from "../../ui/spinner.tsx";
import { PanelDrawer } from "../contact-panel/panel-drawer.tsx";
import { useLabels } from "../directory/queries.ts";
import type { ContactsSearch } from "./search-params.ts";
import { useCan } from "../session/use-me.ts";
import { useNavDrawer } from "../shell/nav-drawer.ts";
import { ContactCard } from "./contact-card.tsx";
import { ContactRow, HeaderRow } from "./contact-row.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import { NewContactDialog } from "./new-contact-dialog.tsx";
import { contactQuery, contactsQuery } from "./queries.ts";

const ROW_PX = 52;
const SEARCH_PAUSE_MS = 250;

export function ContactsPage() {
  const t = useT();
  const search = useSearch({ from: "/app/contacts" });
  const navigate = useNavigate({ from: "/contacts" });
  const drawer = useNavDrawer();
  const [open, setOpen] = useState<"import" | "new" | null>(null);
  const canManage = useCan("contacts:manage");
  const opened = useQuery({ ...contactQuery(search.contact ?? 0), enabled: search.contact !== undefined });
  const show = (contact: number | undefined) =>
    void navigate({ search: (current) => changed(current, "contact", contact) });
  return (
    <main className="flex h-full flex-col bg-surface">
      <header className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-3 sm:px-6">
        <IconButton label={t("nav.open")} className="-ml-2 lg:hidden" onClick={drawer.open}><MenuIcon size={18} /></IconButton>
        <div className="min-w-48 flex-1">
          <h1 className="text-lg font-semibold">{t("contacts.title")}</h1>
          <p className="text-sm text-ink-2">{t("contacts.purpose")}</p>
        </div>
        <div className="flex flex-wrap gap-2">
          {canManage && (
            <>
              <Button icon={<Upload size={15} />} onClick={() => setOpen("import")}>{t("contacts.import")}</Button>
              <a href="/v1/contacts/export" download="contacts.csv" className="flex h-9 items-center gap-2 rounded-md border border-line-strong px-3.5 hover:bg-hover"><Download size={15} />{t("contacts.export")}</a>
            </>
          )}
          <Button tone="primary" icon={<UserRoundPlus size={15} />} onClick={() => setOpen("new")}>{t("contacts.new")}</Button>
        </div>
      </header>
      <Filters />
      <ContactTable filter={useListFilter()} onOpen={show} />
      <PanelDrawer isOpen={search.contact !== undefined} onClose={() => show(undefined)}>
        {opened.data ? <ContactCard contact={opened.data} onGone={show} /> : opened.error ? <Empty title={t("common.failed")} text={explain(opened.error, t)} /> : <CenteredSpinner label={t("common.loading")} />}
      </PanelDrawer>
      {open === "import" && <ImportDialog onClose={() => setOpen(null)} />}
      {open === "new" && <NewContactDialog onClose={() => setOpen(null)} onCreated={show} />}
    </main>
  );
}

/** One part of the address changed, or taken out. */
function changed<Key extends keyof ContactsSearch>(search: ContactsSearch, key: Key, value: ContactsSearch[Key] | undefined): ContactsSearch {
  const next = { ...search };
  delete next[key];
  return value === undefined ? next : { ...next, [key]: value };
}

function useListFilter(): { q?: string; label?: string } {
  const { q, label } = useSearch({ from: "/app/contacts" });
  return { ...(q ? { q } : {}), ...(label ? { label } : {}) };
}

function Filters() {
  const t = useT();
  const search = useSearch({ from: "/app/contacts" });
  const navigate = useNavigate({ from: "/contacts" });
  const labels = useLabels();
  const [text, setText] = useState(search.q ?? "");
  useEffect(() => {
    if (text.trim() === (search.q ?? "")) return;
    const timer = setTimeout(() => {
      void navigate({ search: (current) => changed(current, "q", text.trim() || undefined), replace: true });
    }, SEARCH_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, search.q, navigate]);
  const choose = (label: string) => void navigate({ search: (current) => changed(current, "label", label || undefined), replace: true });
  return (
    <div className="flex flex-wrap gap-2 border-b border-line px-4 py-2 sm:px-6">
      <div className="relative min-w-52 flex-1" role="search">
        <Search size={15} className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3" />
        <input type="search" aria-label={t("contacts.search")} placeholder={t("contacts.search")} value={text} onChange={(event) => setText(event.target.value)} className="field border-transparent bg-sunken pl-8" />
      </div>
      <div className="w-44">
        <SelectField quiet label={t("list.labelFilter")} value={search.label ?? ""} onChoose={choose} choices={[{ value: "", label: t("contacts.anyLabel") }, ...labels.map(({ name }) => ({ value: name, label: name }))]} />
      </div>
    </div>
  );
}

function ContactTable({ filter, onOpen }: { filter: { q?: string; label?: string }; onOpen: (id: number) => void }) {
  const t = useT();
  const query = useInfiniteQuery(contactsQuery(filter));
  const contacts = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({ count: contacts.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_PX, overscan: 12 });
  const visible = rows.getVirtualItems();
  const lastVisible = visible.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastVisible >= contacts.length - 10) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastVisible, contacts.length]);

  if (query.isPending) return <CenteredSpinner label={t("common.loading")} />;
  if (query.isError) return <Empty title={t("common.failed")} text={explain(query.error, t)} />;
  if (contacts.length === 0) return <Empty icon={<ContactIcon size={28} />} title={t("contacts.empty")} text={t("contacts.emptyText")} />;
  return (
    <div ref={scroller} role="table" aria-label={t("contacts.title")} aria-rowcount={contacts.length} className="min-h-0 flex-1 overflow-y-auto">
      <HeaderRow />
      <div role="rowgroup" className="relative" style={{ height: rows.getTotalSize() }}>
        {visible.map((item) => {
          const contact = contacts[item.index];
          return contact && (
            <div key={contact.id} role="row" className="absolute inset-x-0" style={{ transform: `translateY(${item.start}px)`, height: ROW_PX }}>
              <ContactRow contact={contact} onOpen={() => onOpen(contact.id)} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
