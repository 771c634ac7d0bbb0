import { answer } from "@tertulia/api-client";
import { useState } from "react";
import { api } from "../../../app/api.ts";
import { errorAt } from "../../../app/problems.ts";
import { useT } from "../../../i18n/use-t.ts";
import { TextArea, TextField } from "../../../ui/field.tsx";
import { Card } from "../../../ui/page.tsx";
import { notify } from "../../../ui/toast.tsx";
import { Form } from "../form.tsx";
import { useChange } from "../use-change.ts";
import type { TelegramInbox } from "./telegram-channel.tsx";

interface Command {
  command: string;
  description: string;
}

/** What customers see of a bot before they write: its words, and the commands behind the slash. */
export function TelegramProfile({ inbox }: { inbox: TelegramInbox }) {
  const t = useT();
  const { settings } = inbox;
  const [description, setDescription] = useState(settings.description);
  const [short, setShort] = useState(settings.short_description);
  const [commands, setCommands] = useState(() => linesOf(settings.commands));
  const params = { path: { id: inbox.id } };
  const body = { settings: { description, short_description: short, commands: commandsOf(commands) } };
  const save = useChange("inboxes", () => answer(api.PATCH("/v1/inboxes/{id}", { params, body })));
  const pointers = ["/settings/description", "/settings/short_description"] as const;
  return (
    <Card title={t("settings.telegram.profile")} text={t("settings.telegram.profileText")}>
      <Form onSubmit={() => save.mutate(undefined, { onSuccess: () => notify(t("settings.saved")) })} submitLabel={t("settings.save")} isBusy={save.isPending} error={save.error} pointers={pointers}>
        <TextArea label={t("settings.telegram.description")} maxLength={512} value={description} error={errorAt(save.error, pointers[0], t)} onChange={(event) => setDescription(event.target.value)} />
        <TextField label={t("settings.telegram.short")} maxLength={120} value={short} error={errorAt(save.error, pointers[1], t)} onChange={(event) => setShort(event.target.value)} />
        <TextArea label={t("settings.telegram.commands")} hint={t("settings.telegram.commandsHint")} value={commands} onChange={(event) => setCommands(event.target.value)} />
      </Form>
    </Card>
  );
}

/** One command in a line, as BotFather takes them: `help - Get help`. */
function linesOf(commands: readonly Command[]): string {
  return commands.map(({ command, description }) => `${command} - ${description}`).join("\n");
}

function commandsOf(lines: string): Command[] {
  return lines.split("\n").filter((line) => line.trim() !== "").map((line) => {
    const [command = "", ...rest] = line.split(/\s+-\s+/u);
    return { command: command.trim(), description: rest.join(" - ").trim() };
  });
}
