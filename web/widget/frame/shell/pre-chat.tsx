import { useState } from "preact/hooks";
import type { ProfileChange } from "../chat/shapes.ts";
import { Fields, type Values } from "../fields/fields.tsx";
import { useShell } from "./context.ts";

/** Questions before the first message. What is typed here names the visitor and never opens anybody's history. */
export function PreChat() {
  const { chat, state, t } = useShell();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const { pre_chat: fields = [], greeting = "" } = state.config ?? {};
  const submit = async (values: Values) => {
    setBusy(true);
    setError(null);
    await chat.submitPreChat(profileFrom(values)).catch(() => setError(t("went_wrong")));
    setBusy(false);
  };
  return (
    <main class="pre-chat">
      <h2>{t("pre_chat")}</h2>
      {greeting !== "" && <p class="greeting" dir="auto">{greeting}</p>}
      <Fields fields={fields} action={t("start")} isBusy={isBusy} error={error} onSubmit={(values) => void submit(values)} />
    </main>
  );
}

/** Name, e-mail and phone are the contact's own; any other field is an attribute. */
export function profileFrom(values: Values): ProfileChange {
  const { name, email, phone, ...attributes } = values;
  return {
    ...(name && { name }),
    ...(email && { email }),
    ...(phone && { phone }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
  };
}
