import type { Contact } from "@tertulia/api-client";
import { formatAgo } from "@tertulia/core";
import { BadgeCheck, Ban } from "lucide-react";
import { useNow } from "../../app/use-now.ts";
import { useLanguage } from "../../i18n/use-t.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { LabelDot } from "../../ui/badge.tsx";
import { useLabelColor } from "../directory/queries.ts";

const columns = "grid grid-cols-[minmax(0,1fr)] items-center gap-4 px-4 sm:px-6 md:grid-cols-[minmax(0,2fr)_minmax(0,2fr)_minmax(0,1.2fr)] panel:grid-cols-[minmax(0,2fr)_minmax(0,2fr)_minmax(0,1.2fr)_minmax(0,1.5fr)_8rem]";

export function HeaderRow() {
  const { t } = useLanguage();
  return (
    <div role="row" className={`${columns} eyebrow sticky top-0 z-10 h-9 border-b border-line bg-surface`}>
      <span role="columnheader">{t("contact.name")}</span>
      <span role="columnheader" className="hidden md:block">{t("contact.email")}</span>
      <span role="columnheader" className="hidden md:block">{t("contact.phone")}</span>
      <span role="columnheader" className="hidden panel:block">{t("nav.labels")}</span>
      <span role="columnheader" className="hidden panel:block">{t("contacts.lastSeen")}</span>
    </div>
  );
}

export function ContactRow({ contact, onOpen }: { contact: Contact; onOpen: () => void }) {
  const { t, locale } = useLanguage();
  const now = useNow();
  const colorOf = useLabelColor();
  return (
    <div className={`${columns} relative h-full border-b border-line hover:bg-hover`}>
      <span role="cell" className="flex min-w-0 items-center gap-3">
        <Avatar name={contact.name} url={contact.avatar_url} size={30} />
        {/* The button covers the whole row, so that all of it can be clicked. */}
        <button type="button" onClick={onOpen} className="min-w-0 truncate text-left font-medium after:absolute after:inset-0">{contact.name}</button>
        {contact.verified && <BadgeCheck size={15} className="shrink-0 text-ok" aria-label={t("contact.verified")} />}
        {contact.blocked && <Ban size={14} className="shrink-0 text-danger" aria-label={t("contact.blocked")} />}
      </span>
      <span role="cell" className="hidden truncate text-ink-2 md:block">{contact.email}</span>
      <span role="cell" className="hidden truncate text-ink-2 tabular-nums md:block">{contact.phone}</span>
      <span role="cell" className="hidden gap-2.5 overflow-hidden text-sm panel:flex">
        {contact.labels.map((label) => <span key={label} className="flex items-center gap-1.5"><LabelDot color={colorOf(label)} />{label}</span>)}
      </span>
      <span role="cell" className="hidden text-sm text-ink-3 panel:block">{contact.last_seen_at && formatAgo(contact.last_seen_at, locale, now)}</span>
    </div>
  );
}
