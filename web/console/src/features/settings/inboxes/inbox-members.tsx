import { answer, type Inbox } from "@tertulia/api-client";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { useT } from "../../../i18n/use-t.ts";
import { Card } from "../../../ui/page.tsx";
import { notify } from "../../../ui/toast.tsx";
import { Form } from "../form.tsx";
import { MemberChecks } from "../member-checks.tsx";
import { useChange } from "../use-change.ts";

export function InboxMembers({ inbox }: { inbox: Inbox }) {
  const t = useT();
  const [chosen, setChosen] = useState(inbox.member_ids);
  const save = useChange("inboxes", () => answer(api.PUT("/v1/inboxes/{id}/members", { params: { path: { id: inbox.id } }, body: { user_ids: chosen } })));
  return (
    <Card title={t("settings.members")} text={t("settings.inboxes.membersText")}>
      <Form onSubmit={() => save.mutate(undefined, { onSuccess: () => notify(t("settings.saved")) })} submitLabel={t("settings.save")} isBusy={save.isPending} error={save.error} pointers={[]}>
        <MemberChecks chosen={chosen} onChange={setChosen} />
      </Form>
    </Card>
  );
}
