import type { Conversation } from "@tertulia/api-client";
import { useT } from "../../i18n/use-t.ts";
import { useActions } from "../actions/use-actions.ts";
import { LabelPicker } from "../labels/label-picker.tsx";

export function ConversationLabels({ conversation }: { conversation: Conversation }) {
  const t = useT();
  const { mutate } = useActions(conversation.id);
  return (
    <LabelPicker
      title={t("panel.conversationLabels")} chosen={conversation.labels}
      onChange={(labels) => mutate({ do: "labels", labels })}
    />
  );
}
