import { Eye } from "lucide-react";
import { useT } from "../../i18n/use-t.ts";
import { useSignals, useTypists } from "../../live/hooks.ts";
import { useUsers } from "../directory/queries.ts";

/** Who else is here: the customer typing, colleagues looking or typing. */
export function Company({ conversationId }: { conversationId: number }) {
  const t = useT();
  const typists = useTypists(conversationId);
  const users = useUsers();
  const viewing = useSignals((state) => state.viewing);
  const viewers = users.filter(({ id }) => viewing.get(id) === conversationId && !typists.some((who) => who.kind === "agent" && who.id === id));
  const colleagues = typists.filter(({ kind }) => kind === "agent");
  const customer = typists.find(({ kind }) => kind === "customer");
  return (
    <div className="mx-auto flex min-h-6 w-full max-w-[58rem] shrink-0 flex-wrap items-center gap-x-4 px-4 text-xs sm:px-6" aria-live="polite">
      {customer && (
        <span className="flex items-center gap-1.5 text-ink-2">
          <Dots />
          {t("thread.typing", { name: customer.name })}
        </span>
      )}
      {colleagues.length > 0 && (
        <span className="flex items-center gap-1.5 font-medium text-unread">
          <Dots />
          {t("thread.colleagueTyping", { name: colleagues.map(({ name }) => name).join(", ") })}
        </span>
      )}
      {viewers.length > 0 && (
        <span className="flex items-center gap-1.5 text-ink-3">
          <Eye size={13} />
          {t("thread.viewing", { names: viewers.map(({ name }) => name).join(", "), count: viewers.length })}
        </span>
      )}
    </div>
  );
}

function Dots() {
  return (
    <span className="flex gap-0.5" aria-hidden="true">
      {[0, 150, 300].map((delay_ms) => (
        <span key={delay_ms} className="blinking size-1.5 rounded-full bg-current" style={{ animationDelay: `${delay_ms}ms` }} />
      ))}
    </span>
  );
}
