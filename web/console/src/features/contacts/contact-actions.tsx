import { answer, type Contact } from "@tertulia/api-client";
import { Ban, Download, Eraser, Merge, Undo2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { api } from "../../app/api.ts";
import { notifyFailure } from "../../app/problems.ts";
import { useT } from "../../i18n/use-t.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { cx } from "../../ui/classes.ts";
import { Section } from "../../ui/section.tsx";
import { notify } from "../../ui/toast.tsx";
import { useCan } from "../session/use-me.ts";
import { MergeDialog } from "./merge-dialog.tsx";
import { useContactChange } from "./queries.ts";

/** What is done with a contact as a whole; what cannot be undone asks first. */
export function ContactActions({ contact, onGone }: { contact: Contact; onGone?: (into?: number) => void }) {
  const t = useT();
  const [open, setOpen] = useState<"block" | "erase" | "merge" | null>(null);
  const canManage = useCan("contacts:manage");
  const close = () => setOpen(null);
  const params = { path: { id: contact.id } };
  const block = useContactChange((isBlocked: boolean) =>
    isBlocked ? answer(api.POST("/v1/contacts/{id}/block", { params })) : answer(api.POST("/v1/contacts/{id}/unblock", { params })),
  );
  const erase = useContactChange(async () => answer(api.POST("/v1/contacts/{id}/erase", { params })));
  const fail = notifyFailure(t);
  return (
    <Section title={t("contact.actions")} folded>
      <div className="-mx-2 flex flex-col">
        {canManage && <Row icon={<Merge size={15} />} onClick={() => setOpen("merge")}>{t("contact.merge")}</Row>}
        {canManage && <a href={`/v1/contacts/${contact.id}/export`} download={`contact-${contact.id}.json`} className="flex h-8 items-center gap-2.5 rounded-md px-2 hover:bg-hover">
          <Download size={15} className="text-ink-3" />{t("contact.export")}
        </a>}
        {contact.blocked ? (
          <Row icon={<Undo2 size={15} />} onClick={() => block.mutate(false, { onError: fail })}>{t("contact.unblock")}</Row>
        ) : (
          <Row icon={<Ban size={15} />} isDangerous onClick={() => setOpen("block")}>{t("contact.block")}</Row>
        )}
        {canManage && <Row icon={<Eraser size={15} />} isDangerous onClick={() => setOpen("erase")}>{t("contact.erase")}</Row>}
      </div>
      <Confirm
        open={open === "block"} onClose={close} busy={block.isPending} title={t("contact.blockTitle", { name: contact.name })} text={t("contact.blockText")}
        confirmLabel={t("contact.block")} onConfirm={() => block.mutate(true, { onSuccess: close, onError: fail })}
      />
      <Confirm
        open={open === "erase"} onClose={close} busy={erase.isPending} title={t("contact.eraseTitle", { name: contact.name })} text={t("contact.eraseText")}
        typed={contact.name} confirmLabel={t("contact.erase")}
        onConfirm={() => erase.mutate(undefined, { onSuccess: () => { close(); notify(t("contact.erased")); onGone?.(); }, onError: fail })}
      />
      {open === "merge" && <MergeDialog contact={contact} onClose={close} onMerged={(into) => onGone?.(into)} />}
    </Section>
  );
}

function Row({ icon, isDangerous, onClick, children }: { icon: ReactNode; isDangerous?: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" onClick={onClick} className={cx("flex h-8 items-center gap-2.5 rounded-md px-2 text-left hover:bg-hover", isDangerous && "text-danger")}>
      <span className={isDangerous ? "" : "text-ink-3"}>{icon}</span>
      {children}
    </button>
  );
}
