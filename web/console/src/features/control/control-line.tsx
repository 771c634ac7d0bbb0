import type { App, Conversation, Message } from "@tertulia/api-client";
import { Bot, BotOff, Ellipsis, Hand, UserRound } from "lucide-react";
import { useState } from "react";
import { useT } from "../../i18n/use-t.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { cx } from "../../ui/classes.ts";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { useActions } from "../actions/use-actions.ts";
import { useAnsweringApp } from "../directory/queries.ts";
import { useMe } from "../session/use-me.ts";
import { AskDialog } from "./ask-dialog.tsx";
import { controlState, type ControlState } from "./state.ts";

/** Above the composer: who is answering the customer, and how to take over or give back. */
export function ControlLine({ conversation, messages }: { conversation: Conversation; messages: readonly Message[] }) {
  const t = useT();
  const { user } = useMe();
  const app = useAnsweringApp(conversation.inbox_id);
  const { mutate, isPending } = useActions(conversation.id);
  const state = controlState(conversation, { messages, hasApp: app !== undefined, myUserId: user.id });
  if (!state) return null;
  const isUrgent = state.kind === "asked" || state.kind === "failed";
  const reason = isUrgent ? state.reason : null;
  const canTake = state.kind !== "mine" && state.kind !== "nobody";
  return (
    <div role="group" aria-label={t("control.label")} className="mx-auto w-full max-w-[58rem] shrink-0 px-3 pb-2 sm:px-6">
      <div className="flex min-h-8 items-center gap-2 px-1 text-sm text-ink-2">
        <Icon state={state} />
        <div className="min-w-0 flex-1 break-words" aria-live="polite">
          <p>
            <span className={cx(isUrgent && "font-medium text-ink")}><Sentence state={state} /></span>
            {canTake && !reason && <Hint />}
          </p>
          {reason && <p className="line-clamp-2" title={reason}>{reason}</p>}
          {reason && canTake && <p className="max-sm:sr-only"><Hint /></p>}
        </div>
        {canTake && <Button size="small" busy={isPending} onClick={() => mutate({ do: "take" })}>{t("control.take")}</Button>}
        <More state={state} app={app} conversationId={conversation.id} />
      </div>
    </div>
  );
}

function Hint() {
  const t = useT();
  return <span className="text-ink-3"> {t("control.replyTakes")}</span>;
}

function Sentence({ state }: { state: ControlState }) {
  const t = useT();
  switch (state.kind) {
    case "app":
      return t("control.app", { app: state.app });
    case "meanwhile":
      return t("control.meanwhile", { app: state.app });
    case "asked":
      return t("control.asked", { who: state.who });
    case "failed":
      return t("control.failed", { app: state.app });
    case "colleague":
      return t("control.colleague", { name: state.name });
    case "mine":
      return t("control.mine");
    case "nobody":
      return t("control.nobody");
  }
}

function Icon({ state: { kind } }: { state: ControlState }) {
  if (kind === "asked") return <Hand size={16} className="shrink-0 text-warn" aria-hidden="true" />;
  if (kind === "failed") return <BotOff size={16} className="shrink-0 text-warn" aria-hidden="true" />;
  if (kind === "app" || kind === "meanwhile") return <Bot size={16} className="shrink-0 text-ink-3" aria-hidden="true" />;
  return <UserRound size={16} className="shrink-0 text-ink-3" aria-hidden="true" />;
}

/** What is done more rarely: give back what is not the app's alone, ask for people where it is. */
function More({ state, app, conversationId }: { state: ControlState; app: App | undefined; conversationId: number }) {
  const t = useT();
  const { mutate } = useActions(conversationId);
  const [asks, setAsks] = useState(false);
  if (state.kind !== "app" && !app) return null;
  return (
    <>
      <Menu align="end" side="top" trigger={<IconButton label={t("control.more")}><Ellipsis size={17} /></IconButton>}>
        {state.kind === "app" ? (
          <MenuItem icon={<Hand size={15} />} onSelect={() => setAsks(true)}>{t("control.ask")}</MenuItem>
        ) : (
          <MenuItem icon={<Bot size={15} />} onSelect={() => mutate({ do: "give_back" })}>{t("control.giveBack", { app: app?.name ?? "" })}</MenuItem>
        )}
      </Menu>
      {asks && <AskDialog conversationId={conversationId} onClose={() => setAsks(false)} />}
    </>
  );
}
