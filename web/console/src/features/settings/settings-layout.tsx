import type { Permission } from "@tertulia/api-client";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { Bot, Building2, Inbox, KeyRound, Menu as MenuIcon, MessageSquareQuote, Tag, UserRound, Users, UsersRound, Webhook } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import { useT } from "../../i18n/use-t.ts";
import { IconButton } from "../../ui/button.tsx";
import { useMe } from "../session/use-me.ts";
import { useNavDrawer } from "../shell/nav-drawer.ts";

const pages = [
  { name: "profile", icon: UserRound, needs: null },
  { name: "account", icon: Building2, needs: "account:manage" },
  { name: "inboxes", icon: Inbox, needs: "inboxes:manage" },
  { name: "users", icon: Users, needs: "users:manage" },
  { name: "teams", icon: UsersRound, needs: "teams:manage" },
  { name: "labels", icon: Tag, needs: "labels:manage" },
  { name: "canned-responses", icon: MessageSquareQuote, needs: "conversations:write" },
  { name: "apps", icon: Bot, needs: "settings:read" },
  { name: "tokens", icon: KeyRound, needs: "tokens:manage" },
  { name: "webhooks", icon: Webhook, needs: "webhooks:manage" },
] as const satisfies { name: string; icon: typeof Tag; needs: Permission | null }[];

export function SettingsLayout() {
  const t = useT();
  const { permissions } = useMe();
  const drawer = useNavDrawer();
  const list = useRef<HTMLUListElement>(null);
  const { pathname } = useLocation();
  // On a telephone the pages are in one row, and the opened one may be beyond its end.
  useEffect(() => {
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [pathname]);
  return (
    <div className="flex h-full flex-col md:flex-row">
      <nav aria-label={t("nav.settings")} className="flex shrink-0 flex-col border-line bg-surface max-md:border-b md:w-52 md:border-r">
        <h2 className="flex h-14 items-center gap-1.5 px-4 text-lg font-semibold">
          <IconButton label={t("nav.open")} className="-ml-2 lg:hidden" onClick={drawer.open}><MenuIcon size={18} /></IconButton>
          {t("nav.settings")}
        </h2>
        <ul ref={list} className="flex gap-0.5 overflow-x-auto px-2 pb-2 md:flex-col">
          {pages.filter(({ needs }) => needs === null || permissions.includes(needs)).map(({ name, icon: Icon }) => (
            <Item key={name} to={`/settings/${name}`} icon={<Icon size={16} />}>{t(`settings.${name}.title`)}</Item>
          ))}
        </ul>
      </nav>
      <main className="min-h-0 min-w-0 flex-1 overflow-y-auto">
        <Outlet />
      </main>
    </div>
  );
}

function Item({ to, icon, children }: { to: `/settings/${(typeof pages)[number]["name"]}`; icon: ReactNode; children: ReactNode }) {
  return (
    <li className="shrink-0">
      <Link
        to={to} className="flex h-8 items-center gap-2.5 rounded-md px-2.5 whitespace-nowrap"
        activeProps={{ className: "bg-selected font-medium" }} inactiveProps={{ className: "text-ink-2 hover:bg-hover hover:text-ink" }}
      >
        {icon}
        {children}
      </Link>
    </li>
  );
}
