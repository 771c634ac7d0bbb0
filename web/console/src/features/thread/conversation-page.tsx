import { useLocation, useParams } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { THREE_PANES, useMedia } from "../../app/use-media.ts";
import { useT } from "../../i18n/use-t.ts";
import { useLiveClient } from "../../live/hooks.ts";
import { CenteredSpinner } from "../../ui/spinner.tsx";
import { ThreadHeader } from "../actions/thread-header.tsx";
import { Composer } from "../composer/composer.tsx";
import { ComposerTargetContext, type ComposerTarget } from "../composer/target.ts";
import { ContactPanel } from "../contact-panel/contact-panel.tsx";
import { PanelDrawer } from "../contact-panel/panel-drawer.tsx";
import { ControlLine } from "../control/control-line.tsx";
import { Company } from "./company.tsx";
import { seqOfHash } from "./show-message.ts";
import { Thread } from "./thread.tsx";
import { useThread } from "./use-thread.ts";

const PANEL_KEY = "tertulia:panel";

/** The conversation of the address; another one starts with a state of its own. */
export function OpenedConversation() {
  const { conversationId } = useParams({ from: "/app/conversations/$conversationId" });
  return <ConversationPage key={conversationId} conversationId={conversationId} />;
}

/** One conversation: thread and composer, with the contact beside them. */
function ConversationPage({ conversationId }: { conversationId: number }) {
  const t = useT();
  const thread = useThread(conversationId, seqOfHash(useLocation().hash));
  const panel = usePanel();
  const target = useTarget();
  useViewing(conversationId);
  const { conversation } = thread;

  if (!conversation && !thread.query.isError) return <CenteredSpinner label={t("common.loading")} />;
  return (
    <ComposerTargetContext value={target}>
      <div className="flex h-full min-w-0">
        <section className="flex h-full min-w-0 flex-1 flex-col" aria-label={t("thread.conversation")}>
          {conversation && <ThreadHeader conversation={conversation} isPanelOpen={panel.isOpen} onTogglePanel={panel.toggle} />}
          <Thread conversationId={conversationId} thread={thread} />
          {conversation && (
            <>
              <Company conversationId={conversationId} />
              <ControlLine conversation={conversation} messages={thread.messages} />
              <Composer conversationId={conversationId} messages={thread.messages} isLatest={!thread.hasNewer} onWrite={thread.latest} />
            </>
          )}
        </section>
        {conversation && panel.isBeside && panel.isOpen && (
          <aside aria-label={t("panel.label")} className="w-[18rem] shrink-0 border-l border-line bg-surface wide:w-[23rem]">
            <ContactPanel conversation={conversation} />
          </aside>
        )}
        {conversation && !panel.isBeside && (
          <PanelDrawer isOpen={panel.isOpen} onClose={panel.toggle}>
            <ContactPanel conversation={conversation} />
          </PanelDrawer>
        )}
      </div>
    </ComposerTargetContext>
  );
}

/** Beside the thread the choice is remembered; as a drawer it is closed until asked for. */
function usePanel() {
  const isBeside = useMedia(THREE_PANES);
  const [isWanted, setWanted] = useState(() => localStorage.getItem(PANEL_KEY) !== "0");
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const toggle = () => {
    if (!isBeside) return setDrawerOpen(!isDrawerOpen);
    localStorage.setItem(PANEL_KEY, isWanted ? "0" : "1");
    setWanted(!isWanted);
  };
  return { isBeside, isOpen: isBeside ? isWanted : isDrawerOpen, toggle };
}

function useTarget(): ComposerTarget {
  const [replyTo, setReplyTo] = useState<ComposerTarget["replyTo"]>(null);
  const [editing, setEditing] = useState<ComposerTarget["editing"]>(null);
  return useMemo(() => ({ replyTo, editing, setReplyTo, setEditing }), [replyTo, editing]);
}

/** Colleagues see that I look at this conversation, while the page is shown. */
function useViewing(conversationId: number): void {
  const client = useLiveClient();
  useEffect(() => {
    const tell = () => client.setViewing(document.visibilityState === "visible" ? conversationId : null);
    tell();
    document.addEventListener("visibilitychange", tell);
    return () => {
      document.removeEventListener("visibilitychange", tell);
      client.setViewing(null);
    };
  }, [client, conversationId]);
}
