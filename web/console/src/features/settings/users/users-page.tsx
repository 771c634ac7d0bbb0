import { answer, type Role, type User } from "@tertulia/api-client";
import { useQuery } from "@tanstack/react-query";
import { MoreHorizontal, Plus } from "lucide-react";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { useT } from "../../../i18n/use-t.ts";
import { useSignals } from "../../../live/hooks.ts";
import { Avatar } from "../../../ui/avatar.tsx";
import { Badge } from "../../../ui/badge.tsx";
import { Button, IconButton } from "../../../ui/button.tsx";
import { CopyField } from "../../../ui/copy-field.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { SelectField } from "../../../ui/field.tsx";
import { Menu, MenuItem } from "../../../ui/menu.tsx";
import { Page, Row, Rows } from "../../../ui/page.tsx";
import { usersQuery } from "../../directory/queries.ts";
import { useMe } from "../../session/use-me.ts";
import { useAction } from "../use-change.ts";
import { Invitations, InviteDialog } from "./invitations.tsx";
import { useRoleChoices } from "./roles.ts";

export function UsersPage() {
  const t = useT();
  const { data: users = [] } = useQuery(usersQuery);
  const [isInviting, setInviting] = useState(false);
  const invite = <Button tone="primary" icon={<Plus size={16} />} onClick={() => setInviting(true)}>{t("settings.users.invite")}</Button>;
  return (
    <Page title={t("settings.users.title")} purpose={t("settings.users.purpose")} action={invite}>
      <Rows label={t("settings.users.title")} empty="">
        {users.map((user) => <UserRow key={user.id} user={user} />)}
      </Rows>
      <Invitations />
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Page>
  );
}

function UserRow({ user }: { user: User }) {
  const t = useT();
  const me = useMe();
  const presence = useSignals((state) => state.users.get(user.id)) ?? "offline";
  const [resetUrl, setResetUrl] = useState<string | null>(null);
  const params = { path: { id: user.id } };
  const change = useAction("users", (body: { role?: Role; active?: boolean }) => answer(api.PATCH("/v1/users/{id}", { params, body })));
  const reset = useAction("users", () => answer(api.POST("/v1/users/{id}/password-reset", { params })));
  const isMe = user.id === me.user.id;
  return (
    <Row>
      <Avatar name={user.name} url={user.avatar_url} size={34} />
      <span className="min-w-48 flex-1">
        <span className="flex items-center gap-2 font-medium">
          {user.name}
          {isMe && <Badge tone="accent">{t("settings.users.you")}</Badge>}
          {!user.active && <Badge tone="danger">{t("settings.users.inactive")}</Badge>}
        </span>
        <span className="block truncate text-sm text-ink-3">{user.email} · {t(`presence.${presence}`)}</span>
      </span>
      <span className="w-40">
        <SelectField quiet label={t("settings.users.role")} value={user.role} choices={useRoleChoices()} disabled={isMe} onChoose={(role) => change.mutate({ role })} />
      </span>
      <Menu align="end" trigger={<IconButton label={t("settings.users.actions", { name: user.name })}><MoreHorizontal size={17} /></IconButton>}>
        <MenuItem onSelect={() => reset.mutate(undefined, { onSuccess: ({ url }) => setResetUrl(url) })}>{t("settings.users.resetLink")}</MenuItem>
        {!isMe && <MenuItem danger={user.active} onSelect={() => change.mutate({ active: !user.active })}>{t(user.active ? "settings.users.deactivate" : "settings.users.activate")}</MenuItem>}
      </Menu>
      <Dialog open={resetUrl !== null} onClose={() => setResetUrl(null)} title={t("settings.users.resetLink")} description={t("settings.users.resetText", { name: user.name })}>
        <CopyField label={t("settings.users.link")} text={resetUrl ?? ""} />
      </Dialog>
    </Row>
  );
}
