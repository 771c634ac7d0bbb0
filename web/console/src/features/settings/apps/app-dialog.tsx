import { answer, type App, type ContractKind, type Permission } from "@tertulia/api-client";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { errorAt } from "../../../app/problems.ts";
import { useT } from "../../../i18n/use-t.ts";
import { cx } from "../../../ui/classes.ts";
import { Dialog } from "../../../ui/dialog.tsx";
import { CheckField, TextField } from "../../../ui/field.tsx";
import { Form } from "../form.tsx";
import { ScopeChecks } from "../scope-checks.tsx";
import { useChange } from "../use-change.ts";

const ACK_SECS = 30;
const ACK_SECS_MAX = 120;
const POINTERS = ["/name", "/description", "/url", "/ack_secs", "/scopes"];
const CONTRACTS = ["chatwoot", "tertulia"] as const satisfies readonly ContractKind[];

/** What apps of a contract usually need; the server chooses the same. */
const USUAL_SCOPES: Record<ContractKind, readonly Permission[]> = {
  chatwoot: ["conversations:read", "conversations:write", "contacts:read", "inboxes:all"],
  tertulia: ["conversations:read", "conversations:write", "contacts:read"],
};

/** Installs an app and goes to its page, or changes one. */
export function AppDialog({ app, onClose }: { app: App | null; onClose: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  const [name, setName] = useState(app?.name ?? "");
  const [description, setDescription] = useState(app?.description ?? "");
  const [contract, setContract] = useState<ContractKind>(app?.contract ?? "chatwoot");
  const [url, setUrl] = useState(app?.endpoint?.url ?? "");
  const [ackSecs, setAckSecs] = useState(String(app?.endpoint?.ack_secs ?? ACK_SECS));
  const [handsOver, setHandsOver] = useState(app?.hands_over_on_failure ?? true);
  /** `null`: what is usual, until somebody chooses. */
  const [chosen, setChosen] = useState<readonly Permission[] | null>(app?.scopes ?? null);
  const scopes = chosen ?? USUAL_SCOPES[contract];
  const body = {
    name: name.trim(), description: description.trim(), url: url.trim() || null, ack_secs: Number(ackSecs), hands_over_on_failure: handsOver, scopes: [...scopes],
  };
  const save = useChange("apps", () =>
    app ? answer(api.PATCH("/v1/apps/{id}", { params: { path: { id: app.id } }, body })) : answer(api.POST("/v1/apps", { body: { ...body, contract } })),
  );
  const submit = () =>
    save.mutate(undefined, { onSuccess: ({ id }) => (app ? onClose() : void navigate({ to: "/settings/apps/$appId", params: { appId: id } })) });
  const problemAt = (pointer: string) => errorAt(save.error, pointer, t);
  return (
    <Dialog open wide onClose={onClose} title={app ? t("settings.edit", { name: app.name }) : t("settings.apps.create")}>
      <Form onSubmit={submit} onCancel={onClose} submitLabel={t(app ? "settings.save" : "settings.apps.install")} isBusy={save.isPending} error={save.error} pointers={POINTERS}>
        {!app && <ContractChoice contract={contract} onChoose={setContract} />}
        <TextField label={t("settings.name")} hint={t("settings.apps.nameHint")} required autoFocus value={name} error={problemAt("/name")} onChange={(event) => setName(event.target.value)} />
        <TextField label={t("settings.description")} value={description} error={problemAt("/description")} onChange={(event) => setDescription(event.target.value)} />
        <TextField label={t("settings.apps.url")} hint={t("settings.apps.urlHint")} type="url" placeholder="https://" value={url} error={problemAt("/url")} onChange={(event) => setUrl(event.target.value)} />
        <TextField
          label={t("settings.apps.ackSecs")} hint={t("settings.apps.ackSecsHint")} type="number" min={1} max={ACK_SECS_MAX} step={1} required className="max-w-32"
          value={ackSecs} error={problemAt("/ack_secs")} onChange={(event) => setAckSecs(event.target.value)}
        />
        <CheckField label={t("settings.apps.handsOver")} hint={t("settings.apps.handsOverHint")} checked={handsOver} onCheck={setHandsOver} />
        <ScopeChecks legend={t("settings.apps.scopes")} chosen={scopes} error={problemAt("/scopes")} onChange={setChosen} />
      </Form>
    </Dialog>
  );
}

function ContractChoice({ contract, onChoose }: { contract: ContractKind; onChoose: (contract: ContractKind) => void }) {
  const t = useT();
  return (
    <fieldset className="grid gap-2 sm:grid-cols-2">
      <legend className="mb-1 text-sm font-medium text-ink-2">{t("settings.apps.contract")}</legend>
      {CONTRACTS.map((each) => (
        <label key={each} className={cx("flex flex-col gap-1 rounded-lg border p-3.5 has-focus-visible:outline-2 has-focus-visible:outline-accent", contract === each ? "border-accent bg-accent-soft" : "border-line-strong hover:bg-hover")}>
          <input type="radio" name="contract" className="sr-only" checked={contract === each} onChange={() => onChoose(each)} />
          <span className="font-medium">{t(`contract.${each}`)}</span>
          <span className="text-sm text-ink-2">{t(`contract.${each}.text`)}</span>
        </label>
      ))}
    </fieldset>
  );
}
