import type { Conversation } from "@tertulia/api-client";
import { useT } from "../../i18n/use-t.ts";
import { IconButton } from "../../ui/button.tsx";
import { Menu, MenuCheckItem, MenuLabel } from "../../ui/menu.tsx";
import { PRIORITIES } from "../conversations/filter.ts";
import { PriorityMark } from "../conversations/priority-mark.tsx";
import { useActions } from "./use-actions.ts";

export function PriorityMenu({ conversation }: { conversation: Conversation }) {
  const t = useT();
  const { mutate } = useActions(conversation.id);
  return (
    <Menu align="end" trigger={<IconButton label={t("action.priority", { priority: t(`priority.${conversation.priority}`) })} className="max-sm:hidden"><PriorityMark priority={conversation.priority} always /></IconButton>}>
      <MenuLabel>{t("list.priority")}</MenuLabel>
      {PRIORITIES.map((priority) => (
        <MenuCheckItem key={priority} checked={conversation.priority === priority} onCheck={() => mutate({ do: "priority", priority })}>
          <span className="flex items-center gap-2.5"><PriorityMark priority={priority} always />{t(`priority.${priority}`)}</span>
        </MenuCheckItem>
      ))}
    </Menu>
  );
}
