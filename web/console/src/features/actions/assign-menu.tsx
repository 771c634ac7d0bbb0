import type { Conversation } from "@tertulia/api-client";
import { ChevronDown, UserRound, UserRoundX } from "lucide-react";
import { useT } from "../../i18n/use-t.ts";
import { useSignals } from "../../live/hooks.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { Menu, MenuCheckItem, MenuItem, MenuLabel, MenuSeparator } from "../../ui/menu.tsx";
import { useTeams, useUsers } from "../directory/queries.ts";
import { useMe } from "../session/use-me.ts";
import { useActions } from "./use-actions.ts";

/** Who answers: me, a colleague, a team or nobody. */
export function AssignMenu({ conversation }: { conversation: Conversation }) {
  const t = useT();
  const { user } = useMe();
  const users = useUsers().filter(({ active }) => active);
  const teams = useTeams();
  const presence = useSignals((state) => state.users);
  const { mutate } = useActions(conversation.id);
  const { assignee, team } = conversation;
  return (
    <Menu
      align="end"
      trigger={
        <Button size="small" className="max-w-36 @2xl:max-w-48">
          {assignee ? <Avatar name={assignee.name} url={assignee.avatar_url} size={20} /> : <UserRound size={15} className="text-ink-3" />}
          <span className="sr-only">{t("action.assignee")}</span>
          <span className="truncate @max-[30rem]:sr-only">{assignee?.name ?? t("list.nobody")}</span>
          <ChevronDown size={13} className="text-ink-3" />
        </Button>
      }
    >
      {assignee?.id !== user.id && <MenuItem icon={<UserRound size={15} />} onSelect={() => mutate({ do: "assign", user_id: user.id })}>{t("action.assignMe")}</MenuItem>}
      {assignee && <MenuItem icon={<UserRoundX size={15} />} onSelect={() => mutate({ do: "assign", user_id: null })}>{t("action.unassign")}</MenuItem>}
      <MenuSeparator />
      <MenuLabel>{t("action.people")}</MenuLabel>
      {users.map(({ id, name, avatar_url }) => (
        <MenuCheckItem key={id} checked={assignee?.id === id} onCheck={() => mutate({ do: "assign", user_id: id })}>
          <span className="flex items-center gap-2">
            <Avatar name={name} url={avatar_url} size={22} />
            <span className="min-w-0 flex-1 truncate">{name}</span>
            {presence.get(id) === "online" && <span className="size-2 rounded-full bg-ok" role="img" aria-label={t("presence.online")} />}
          </span>
        </MenuCheckItem>
      ))}
      {teams.length > 0 && <MenuLabel>{t("nav.teams")}</MenuLabel>}
      {teams.map(({ id, name }) => (
        <MenuCheckItem key={id} checked={team?.id === id} onCheck={(checked) => mutate({ do: "team", team_id: checked ? id : null })}>{name}</MenuCheckItem>
      ))}
    </Menu>
  );
}
