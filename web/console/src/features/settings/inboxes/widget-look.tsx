import { answer } from "@tertulia/api-client";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { errorAt } from "../../../app/problems.ts";
import { useT } from "../../../i18n/use-t.ts";
import { CheckField, SelectField, TextArea, TextField } from "../../../ui/field.tsx";
import { Card } from "../../../ui/page.tsx";
import { notify } from "../../../ui/toast.tsx";
import { Form } from "../form.tsx";
import { useChange } from "../use-change.ts";
import type { WidgetInbox } from "./inbox-page.tsx";
import { PreChatEditor } from "./pre-chat-editor.tsx";
import { WidgetPreview } from "./widget-preview.tsx";

const LANGUAGES: Record<string, string> = { en: "English", pt: "Português", ru: "Русский", es: "Español" };
const POINTERS = ["/settings/title", "/settings/subtitle", "/settings/color", "/settings/allowed_origins"];

/** How the widget looks and behaves, with the result beside the fields. */
export function WidgetLook({ inbox }: { inbox: WidgetInbox }) {
  const t = useT();
  const [look, setLook] = useState(inbox.settings);
  const [origins, setOrigins] = useState(inbox.settings.allowed_origins.join("\n"));
  const set = (part: Partial<typeof look>) => setLook({ ...look, ...part });
  const save = useChange("inboxes", () => {
    const settings = { ...look, allowed_origins: origins.split(/\s+/u).filter(Boolean) };
    return answer(api.PATCH("/v1/inboxes/{id}", { params: { path: { id: inbox.id } }, body: { settings } }));
  });
  const text = (name: "title" | "subtitle") => ({
    label: t(`settings.widget.${name}`), value: look[name], error: errorAt(save.error, `/settings/${name}`, t),
    onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
  });
  return (
    <Card title={t("settings.widget.look")}>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <Form onSubmit={() => save.mutate(undefined, { onSuccess: () => notify(t("settings.saved")) })} submitLabel={t("settings.save")} isBusy={save.isPending} error={save.error} pointers={POINTERS}>
          <TextField {...text("title")} />
          <TextField {...text("subtitle")} />
          <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
            <TextField label={t("settings.color")} type="color" className="h-9 p-1" value={look.color} error={errorAt(save.error, "/settings/color", t)} onChange={(event) => set({ color: event.target.value })} />
            <SelectField
              label={t("settings.widget.position")} value={look.position} onChoose={(position) => set({ position })}
              choices={[{ value: "right", label: t("settings.widget.right") }, { value: "left", label: t("settings.widget.left") }]}
            />
            <SelectField
              label={t("common.language")} value={look.locale} onChoose={(locale) => set({ locale })}
              choices={[{ value: "auto", label: t("settings.widget.auto") }, ...Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))]}
            />
          </div>
          <TextArea label={t("settings.widget.origins")} hint={t("settings.widget.originsHint")} placeholder="https://www.example.com" value={origins} error={errorAt(save.error, "/settings/allowed_origins", t)} onChange={(event) => setOrigins(event.target.value)} />
          <PreChatEditor fields={look.pre_chat} onChange={(pre_chat) => set({ pre_chat })} />
          <div>
            <CheckField label={t("settings.widget.attachments")} checked={look.attachments_enabled} onCheck={(attachments_enabled) => set({ attachments_enabled })} />
            <CheckField label={t("settings.widget.emoji")} checked={look.emoji_enabled} onCheck={(emoji_enabled) => set({ emoji_enabled })} />
            <CheckField label={t("settings.widget.enforce")} hint={t("settings.widget.enforceHint")} checked={look.enforce_identity} onCheck={(enforce_identity) => set({ enforce_identity })} />
          </div>
        </Form>
        <WidgetPreview look={look} greeting={inbox.greeting} />
      </div>
    </Card>
  );
}
