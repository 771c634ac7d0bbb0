import { answer } from "@tertulia/api-client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Check, ChevronsUpDown, LogOut, Moon, Monitor, Sun, UserRound } from "lucide-react";
import { useState } from "react";
import { api } from "../../app/api.ts";
import { notifyFailure } from "../../app/problems.ts";
import { applyTheme, storedTheme, THEMES, type Theme } from "../../app/theme.ts";
import { useT } from "../../i18n/use-t.ts";
import { useLiveClient, useSignals, useStreamState } from "../../live/hooks.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { cx } from "../../ui/classes.ts";
import { Menu, MenuCheckItem, MenuItem, MenuLabel, MenuSeparator } from "../../ui/menu.tsx";
import { sessionQuery } from "../session/queries.ts";
import { useMe } from "../session/use-me.ts";

const themeIcons = { system: Monitor, light: Sun, dark: Moon };

export function UserMenu() {
  const t = useT();
  const me = useMe();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [theme, setTheme] = useState(storedTheme);
  const switchAccount = useMutation({
    mutationFn: (account_id: number) => answer(api.POST("/v1/session/account", { body: { account_id } })),
    onSuccess: () => window.location.assign("/conversations"),
    onError: notifyFailure(t),
  });
  const signOut = useMutation({
    mutationFn: () => answer(api.DELETE("/v1/session")),
    onSuccess: () => {
      queries.clear();
      queries.setQueryData(sessionQuery.queryKey, null);
      void navigate({ to: "/sign-in" });
    },
    onError: notifyFailure(t),
  });
  const choose = (next: Theme) => {
    applyTheme(next);
    setTheme(next);
  };

  return (
    <Menu side="top" trigger={<UserButton name={me.user.name} url={me.user.avatar_url} />}>
      <PresenceItems />
      <MenuSeparator />
      <MenuLabel>{t("theme.label")}</MenuLabel>
      {THEMES.map((each) => {
        const Icon = themeIcons[each];
        return (
          <MenuCheckItem key={each} stay checked={theme === each} onCheck={() => choose(each)}>
            <span className="flex items-center gap-2.5"><Icon size={15} className="text-ink-3" />{t(`theme.${each}`)}</span>
          </MenuCheckItem>
        );
      })}
      {me.accounts.length > 1 && <MenuLabel>{t("nav.accounts")}</MenuLabel>}
      {me.accounts.length > 1 && me.accounts.map(({ id, name }) => (
        <MenuItem key={id} icon={id === me.account.id ? <Check size={15} /> : <span className="block w-[15px]" />} onSelect={() => switchAccount.mutate(id)}>{name}</MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={<UserRound size={15} />} onSelect={() => void navigate({ to: "/settings/profile" })}>{t("settings.profile.title")}</MenuItem>
      <MenuItem icon={<LogOut size={15} />} onSelect={() => signOut.mutate()}>{t("nav.signOut")}</MenuItem>
    </Menu>
  );
}

function UserButton({ name, url, ...rest }: { name: string; url: string | null }) {
  const t = useT();
  const me = useMe();
  const isLive = useStreamState() === "live";
  const presence = useSignals((state) => state.users.get(me.user.id));
  const online = isLive && presence !== "away";
  return (
    <button
      type="button"
      className="flex h-14 w-full shrink-0 items-center gap-2.5 border-t border-line px-4 text-left hover:bg-hover focus-visible:-outline-offset-2"
      {...rest}
    >
      <span className="relative">
        <Avatar name={name} url={url} size={30} />
        <span className={cx("absolute right-0 bottom-0 size-2.5 rounded-full border-2 border-canvas", online ? "bg-ok" : "bg-ink-3")} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{name}</span>
        <span className="sr-only">{t("nav.me")}</span>
        <span className="block text-xs text-ink-3">{t(!isLive ? "presence.offline" : online ? "presence.online" : "presence.away")}</span>
      </span>
      <ChevronsUpDown size={15} className="text-ink-3" />
    </button>
  );
}

function PresenceItems() {
  const t = useT();
  const me = useMe();
  const client = useLiveClient();
  const presence = useSignals((state) => state.users.get(me.user.id)) ?? "online";
  const set = (state: "online" | "away") => client.setPresence(state);
  return (
    <>
      <MenuCheckItem checked={presence !== "away"} onCheck={() => set("online")}>{t("presence.online")}</MenuCheckItem>
      <MenuCheckItem checked={presence === "away"} onCheck={() => set("away")}>{t("presence.away")}</MenuCheckItem>
    </>
  );
}
