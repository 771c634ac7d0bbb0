import { answer, type Contact } from "@tertulia/api-client";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { api } from "../../app/api.ts";
import { notifyFailure } from "../../app/problems.ts";
import { useT } from "../../i18n/use-t.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/classes.ts";
import { Dialog, DialogActions } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/field.tsx";
import { notify } from "../../ui/toast.tsx";
import { useContactChange } from "./queries.ts";

/** Two contacts that are one person: this one goes into the other. */
export function MergeDialog({ contact, onClose, onMerged }: { contact: Contact; onClose: () => void; onMerged: (into: number) => void }) {
  const t = useT();
  const [text, setText] = useState("");
  const [into, setInto] = useState<Contact | null>(null);
  const q = useDeferredValue(text.trim());
  const { data } = useQuery({
    queryKey: ["contacts", "merge", q],
    enabled: q !== "",
    queryFn: () => answer(api.GET("/v1/contacts", { params: { query: { q, limit: 8 } } })),
  });
  const merge = useContactChange((target: Contact) =>
    answer(api.POST("/v1/contacts/{id}/merge", { params: { path: { id: contact.id } }, body: { into: target.id } })),
  );
  const found = data?.items.filter(({ id }) => id !== contact.id) ?? [];
  return (
    <Dialog open onClose={onClose} title={t("contact.mergeTitle", { name: contact.name })} description={t("contact.mergeText")}>
      <TextField label={t("contact.mergeSearch")} value={text} autoFocus onChange={(event) => { setText(event.target.value); setInto(null); }} />
      <ul className="mt-2 flex flex-col">
        {found.map((each) => (
          <li key={each.id}>
            <button type="button" aria-pressed={into?.id === each.id} onClick={() => setInto(each)} className={cx("flex w-full items-center gap-3 rounded-md px-2 py-1.5 text-left", into?.id === each.id ? "bg-selected" : "hover:bg-hover")}>
              <Avatar name={each.name} url={each.avatar_url} size={28} />
              <span className="min-w-0"><span className="block truncate">{each.name}</span><span className="block truncate text-sm text-ink-3">{each.email ?? each.phone}</span></span>
            </button>
          </li>
        ))}
      </ul>
      <DialogActions>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button
          tone="danger" disabled={!into} busy={merge.isPending}
          onClick={() => into && merge.mutate(into, { onSuccess: () => { notify(t("contact.merged")); onClose(); onMerged(into.id); }, onError: notifyFailure(t) })}
        >
          {into ? t("contact.mergeInto", { name: into.name }) : t("contact.merge")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
