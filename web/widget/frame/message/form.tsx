import type { ContentOf, WidgetMessage } from "@tertulia/core";
import { Fields, type Values } from "../fields/fields.tsx";
import { useShell } from "../shell/context.ts";
import { Icon } from "../shell/icons.tsx";
import type { ReplyContent } from "../thread/rows.ts";

interface FormContentProps {
  message: WidgetMessage;
  form: ContentOf<"form">;
  answer: ReplyContent | null;
}

/** A form inside the conversation; once sent it shows what was answered. */
export function FormContent({ message, form, answer }: FormContentProps) {
  const { chat, t } = useShell();
  const submit = (values: Values) => {
    const lines = form.fields
      .filter(({ key }) => values[key])
      .map(({ key, label, kind }) => `${label}: ${kind === "checkbox" ? "✓" : values[key]}`);
    chat.answer(message.id, lines.join("\n") || form.title, values);
  };
  return (
    <div class="form">
      {form.title !== "" && <p class="subject" dir="auto">{form.title}</p>}
      {answer === null ? (
        <Fields fields={form.fields} action={t("submit")} onSubmit={submit} />
      ) : (
        <p class="answered"><Icon name="check" />{t("answered")}</p>
      )}
    </div>
  );
}
