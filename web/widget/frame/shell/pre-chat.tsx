import type { FormField } from "@tertulia/core";
import { useState } from "preact/hooks";
import type { ProfileChange } from "../chat/shapes.ts";
import type { ChatState } from "../chat/state.ts";
import { Fields, type Values } from "../fields/fields.tsx";
import { useShell } from "./context.ts";

/** Questions before the first message. What is typed here names the visitor and never opens anybody's history. */
export function PreChat() {
  const { chat, state, t } = useShell();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const greeting = state.config?.greeting ?? "";
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
      <Fields fields={questions(state)} action={t("start")} isBusy={isBusy} error={error} onSubmit={(values) => void submit(values)} />
    </main>
  );
}

/** What is still to be asked. Who somebody is need not be asked when the website has proven it. */
export function questions({ config, preChatDone, visitor }: Pick<ChatState, "config" | "preChatDone" | "visitor">): FormField[] {
  if (config === null || preChatDone) return [];
  return config.pre_chat.filter(({ key }) => !(visitor?.verified && PROVEN.has(key)));
}

const PROVEN = new Set(["name", "email", "phone"]);

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
