import { answer, type Team } from "@tertulia/api-client";
import { useQuery } from "@tanstack/react-query";
import { Pencil, Plus, Trash2, UsersRound } from "lucide-react";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { errorAt } from "../../../app/problems.ts";
import { useT } from "../../../i18n/use-t.ts";
import { Avatar } from "../../../ui/avatar.tsx";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Confirm } from "../../../ui/confirm.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { TextField } from "../../../ui/field.tsx";
import { Page, Row, Rows } from "../../../ui/page.tsx";
import { teamsQuery, useUsers } from "../../directory/queries.ts";
import { Form } from "../form.tsx";
import { MemberChecks } from "../member-checks.tsx";
import { useAction, useChange } from "../use-change.ts";

const emptyTeam = { name: "", description: "", member_ids: [] as number[] };

export function TeamsPage() {
  const t = useT();
  const { data: teams = [] } = useQuery(teamsQuery);
  const users = useUsers();
  const [edited, setEdited] = useState<Team | "new" | null>(null);
  const [removed, setRemoved] = useState<Team | null>(null);
  const remove = useAction("teams", (id: number) => answer(api.DELETE("/v1/teams/{id}", { params: { path: { id } } })));
  const create = <Button tone="primary" icon={<Plus size={16} />} onClick={() => setEdited("new")}>{t("settings.teams.create")}</Button>;
  return (
    <Page title={t("settings.teams.title")} purpose={t("settings.teams.purpose")} action={create}>
      <Rows label={t("settings.teams.title")} empty={t("settings.teams.empty")}>
        {teams.map((team) => (
          <Row key={team.id}>
            <UsersRound size={18} className="text-ink-3" />
            <span className="min-w-40 flex-1">
              <span className="block font-medium">{team.name}</span>
              <span className="block text-sm text-ink-3">{team.description || t("settings.teams.members", { count: team.member_ids.length })}</span>
            </span>
            <span className="flex -space-x-0.5">
              {users.filter(({ id }) => team.member_ids.includes(id)).slice(0, 5).map(({ id, name, avatar_url }) => <Avatar key={id} name={name} url={avatar_url} size={26} className="ring-2 ring-surface" />)}
            </span>
            <span className="ml-auto flex">
              <IconButton label={t("settings.edit", { name: team.name })} onClick={() => setEdited(team)}><Pencil size={16} /></IconButton>
              <IconButton label={t("settings.delete", { name: team.name })} onClick={() => setRemoved(team)}><Trash2 size={16} /></IconButton>
            </span>
          </Row>
        ))}
      </Rows>
      {edited && <TeamDialog team={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
      <Confirm
        open={removed !== null} onClose={() => setRemoved(null)} title={t("settings.delete", { name: removed?.name ?? "" })} text={t("settings.teams.deleteText")}
        confirmLabel={t("message.delete")} busy={remove.isPending} onConfirm={() => removed && remove.mutate(removed.id, { onSettled: () => setRemoved(null) })}
      />
    </Page>
  );
}

function TeamDialog({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const t = useT();
  const [values, setValues] = useState(team ? { name: team.name, description: team.description, member_ids: team.member_ids } : emptyTeam);
  const save = useChange("teams", () =>
    team ? answer(api.PATCH("/v1/teams/{id}", { params: { path: { id: team.id } }, body: values })) : answer(api.POST("/v1/teams", { body: values })),
  );
  return (
    <Dialog open onClose={onClose} title={team ? team.name : t("settings.teams.create")}>
      <Form onSubmit={() => save.mutate(undefined, { onSuccess: onClose })} onCancel={onClose} submitLabel={t("settings.save")} isBusy={save.isPending} error={save.error} pointers={["/name", "/description"]}>
        <TextField label={t("settings.name")} required autoFocus value={values.name} error={errorAt(save.error, "/name", t)} onChange={(event) => setValues({ ...values, name: event.target.value })} />
        <TextField label={t("settings.description")} value={values.description} error={errorAt(save.error, "/description", t)} onChange={(event) => setValues({ ...values, description: event.target.value })} />
        <MemberChecks chosen={values.member_ids} onChange={(member_ids) => setValues({ ...values, member_ids })} />
      </Form>
    </Dialog>
  );
}
