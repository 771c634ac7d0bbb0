import { answer, type Invitation, type Role } from "@tertulia/api-client";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Mail } from "lucide-react";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { errorAt } from "../../../app/problems.ts";
import { useLanguage, useT } from "../../../i18n/use-t.ts";
import { Button } from "../../../ui/button.tsx";
import { CopyField } from "../../../ui/copy-field.tsx";
import { Dialog, DialogActions } from "../../../ui/dialog.tsx";
import { SelectField, TextField } from "../../../ui/field.tsx";
import { Row, Rows } from "../../../ui/page.tsx";
import { Form } from "../form.tsx";
import { useAction, useChange } from "../use-change.ts";
import { useRoleChoices } from "./roles.ts";

const invitationsQuery = queryOptions({ queryKey: ["invitations"], queryFn: () => answer(api.GET("/v1/invitations", { params: { query: { limit: 100 } } })) });

/** Invitations that nobody has accepted yet. */
export function Invitations() {
  const { t, locale } = useLanguage();
  const { data } = useQuery(invitationsQuery);
  const [shown, setShown] = useState<Invitation | null>(null);
  const withdraw = useAction("invitations", (id: number) => answer(api.DELETE("/v1/invitations/{id}", { params: { path: { id } } })));
  if (!data || data.items.length === 0) return null;
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold">{t("settings.users.invitations")}</h2>
      <Rows label={t("settings.users.invitations")} empty="">
        {data.items.map((invitation) => (
          <Row key={invitation.id}>
            <Mail size={18} className="text-ink-3" />
            <span className="min-w-40 flex-1">
              <span className="block font-medium break-all">{invitation.email}</span>
              <span className="block text-sm text-ink-3">{t(`role.${invitation.role}`)} · {t("settings.users.expires", { date: date.format(new Date(invitation.expires_at)) })}</span>
            </span>
            {invitation.url && <Button size="small" onClick={() => setShown(invitation)}>{t("settings.users.link")}</Button>}
            <Button size="small" tone="ghost" onClick={() => withdraw.mutate(invitation.id)}>{t("settings.users.withdraw")}</Button>
          </Row>
        ))}
      </Rows>
      {shown && <LinkDialog invitation={shown} onClose={() => setShown(null)} />}
    </section>
  );
}

function LinkDialog({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const t = useT();
  return (
    <Dialog open onClose={onClose} title={t("settings.users.invited", { email: invitation.email })} description={t("settings.users.invitedText")}>
      <CopyField label={t("settings.users.link")} text={invitation.url ?? ""} />
      <DialogActions><Button tone="primary" onClick={onClose}>{t("common.close")}</Button></DialogActions>
    </Dialog>
  );
}

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("agent");
  const choices = useRoleChoices();
  const invite = useChange("invitations", () => answer(api.POST("/v1/invitations", { body: { email: email.trim(), role } })));
  if (invite.data) return <LinkDialog invitation={invite.data} onClose={onClose} />;
  return (
    <Dialog open onClose={onClose} title={t("settings.users.invite")} description={t("settings.users.inviteText")}>
      <Form onSubmit={() => invite.mutate(undefined)} onCancel={onClose} submitLabel={t("settings.users.invite")} isBusy={invite.isPending} error={invite.error} pointers={["/email", "/role"]}>
        <TextField label={t("session.email")} type="email" required autoFocus value={email} error={errorAt(invite.error, "/email", t)} onChange={(event) => setEmail(event.target.value)} />
        <SelectField label={t("settings.users.role")} hint={t(`role.${role}.hint`)} value={role} choices={choices} onChoose={setRole} />
      </Form>
    </Dialog>
  );
}
