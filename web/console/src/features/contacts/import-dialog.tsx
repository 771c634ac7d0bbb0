import type { ImportReport } from "@tertulia/api-client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useRef, useState, type DragEvent } from "react";
import { explain } from "../../app/problems.ts";
import { useT } from "../../i18n/use-t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog, DialogActions } from "../../ui/dialog.tsx";
import { notify } from "../../ui/toast.tsx";
import { FormProblem } from "../session/auth-card.tsx";
import { importCsv } from "./import-csv.ts";

/** Two steps: look at what would happen, then do it. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const preview = useMutation({ mutationFn: (chosen: File) => importCsv(chosen, true) });
  const doIt = useMutation({
    mutationFn: (chosen: File) => importCsv(chosen, false),
    onSuccess: (report) => {
      notify(t("contacts.imported", { count: report.created + report.updated }));
      void queries.invalidateQueries({ queryKey: ["contacts"] });
      onClose();
    },
  });
  const choose = (chosen: File | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    preview.mutate(chosen);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    choose(event.dataTransfer.files[0]);
  };
  const error = doIt.error ?? preview.error;
  const report = preview.data;
  const count = report ? report.created + report.updated : 0;
  return (
    <Dialog open wide onClose={onClose} title={t("contacts.import")} description={t("contacts.importText")}>
      <button type="button" onClick={() => picker.current?.click()} onDragOver={(event) => event.preventDefault()} onDrop={onDrop} className="flex w-full flex-col items-center gap-2 rounded-lg border border-dashed border-line-strong px-4 py-7 text-ink-2 hover:bg-hover">
        <FileUp size={24} />
        {file ? file.name : t("contacts.chooseFile")}
      </button>
      <input ref={picker} type="file" accept=".csv,text/csv" hidden onChange={(event) => choose(event.target.files?.[0])} />
      {error && <div className="mt-3"><FormProblem text={explain(error, t)} /></div>}
      {report && <Report report={report} />}
      <DialogActions>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button tone="primary" disabled={count === 0} busy={preview.isPending || doIt.isPending} onClick={() => file && doIt.mutate(file)}>
          {report ? t("contacts.importCount", { count }) : t("contacts.import")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Report({ report }: { report: ImportReport }) {
  const t = useT();
  return (
    <div className="mt-4 flex flex-col gap-3" role="status">
      <dl className="grid grid-cols-4 gap-2 text-center">
        {(["rows", "created", "updated"] as const).map((key) => <Figure key={key} label={t(`contacts.report.${key}`)} value={report[key]} />)}
        <Figure label={t("contacts.report.rejected")} value={report.rejected_count} />
      </dl>
      {report.rejected.length > 0 && (
        <ul className="max-h-48 divide-y divide-line overflow-y-auto rounded-md border border-line text-sm" tabIndex={0} aria-label={t("contacts.report.rejected")}>
          {report.rejected.map((each, index) => (
            <li key={index} className="flex gap-3 px-3 py-1.5">
              <span className="shrink-0 text-ink-3">{t("contacts.report.place", { row: each.row, column: each.column ?? "" })}</span>
              <span className="min-w-0 break-words">{each.detail || each.code}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Figure({ label, value }: { label: string; value: number }) {
  return (
    <div className="rounded-md bg-sunken px-2 py-2">
      <dd className="text-lg font-semibold tabular-nums">{value}</dd>
      <dt className="text-xs text-ink-3">{label}</dt>
    </div>
  );
}
