import { contactOf } from "@tertulia/core";
import { useNavigate } from "@tanstack/react-router";
import { Command } from "cmdk";
import { Contact, Inbox, MessageSquare, Search, Settings } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "../../i18n/use-t.ts";
import { useLive } from "../../live/hooks.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { VIEWS } from "../conversations/filter.ts";
import { useInboxes } from "../directory/queries.ts";

const CONVERSATIONS_SHOWN_MAX = 40;

/** Go anywhere by typing a few letters. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  const inboxes = useInboxes();
  const state = useLive((each) => each);
  const conversations = [...state.conversations.values()]
    .sort((a, b) => Date.parse(b.last_activity_at) - Date.parse(a.last_activity_at))
    .slice(0, CONVERSATIONS_SHOWN_MAX);
  const go = (leave: () => void) => () => {
    onClose();
    leave();
  };
  return (
    <Dialog open onClose={onClose} title={t("palette.title")}>
      <Command label={t("palette.title")} className="-mx-2">
        <div className="relative mx-2 mb-2">
          <Search size={15} className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3" />
          <Command.Input autoFocus placeholder={t("palette.placeholder")} className="field pl-8" />
        </div>
        <Command.List className="max-h-80 overflow-y-auto">
          <Command.Empty className="px-3 py-6 text-center text-ink-2">{t("list.nothingFound")}</Command.Empty>
          <Command.Group heading={<Heading>{t("nav.inboxes")}</Heading>}>
            {VIEWS.map((view) => (
              <Item key={view} icon={<Inbox size={15} />} onSelect={go(() => void navigate({ to: "/conversations", search: { view } }))}>{t(`view.${view}`)}</Item>
            ))}
            {inboxes.map(({ id, name }) => (
              <Item key={id} icon={<Inbox size={15} />} onSelect={go(() => void navigate({ to: "/conversations", search: { view: "all", inbox: id } }))}>{name}</Item>
            ))}
            <Item icon={<Contact size={15} />} onSelect={go(() => void navigate({ to: "/contacts" }))}>{t("nav.contacts")}</Item>
            <Item icon={<Settings size={15} />} onSelect={go(() => void navigate({ to: "/settings" }))}>{t("nav.settings")}</Item>
          </Command.Group>
          <Command.Group heading={<Heading>{t("list.label")}</Heading>}>
            {conversations.map((conversation) => (
              <Item
                key={conversation.id} value={`${contactOf(state, conversation).name} #${conversation.number}`} icon={<MessageSquare size={15} />}
                onSelect={go(() => void navigate({ to: "/conversations/$conversationId", params: { conversationId: conversation.id }, search: { view: "all" } }))}
              >
                {contactOf(state, conversation).name} <span className="text-ink-3">#{conversation.number}</span>
              </Item>
            ))}
          </Command.Group>
        </Command.List>
      </Command>
    </Dialog>
  );
}

function Heading({ children }: { children: ReactNode }) {
  return <span className="eyebrow block px-3 pt-2 pb-1">{children}</span>;
}

function Item({ icon, value, onSelect, children }: { icon: ReactNode; value?: string; onSelect: () => void; children: ReactNode }) {
  return (
    <Command.Item {...(value ? { value } : {})} onSelect={onSelect} className="flex h-9 items-center gap-2.5 rounded-md px-3 aria-selected:bg-selected">
      <span className="text-ink-3">{icon}</span>
      <span className="min-w-0 truncate">{children}</span>
    </Command.Item>
  );
}
