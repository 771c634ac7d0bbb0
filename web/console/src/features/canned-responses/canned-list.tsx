import type { CannedResponse } from "@tertulia/api-client";
import { useEffect, useRef } from "react";
import { useT } from "../../i18n/use-t.ts";
import { cx } from "../../ui/classes.ts";

interface Props {
  id: string;
  offered: readonly CannedResponse[];
  active: number;
  onChoose: (index: number) => void;
}

/** The offered texts above the composer. The keyboard stays in the text, so the list has no focus of its own. */
export function CannedList({ id, offered, active, onChoose }: Props) {
  const t = useT();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  if (offered.length === 0) return null;
  return (
    <ul ref={list} id={id} role="listbox" aria-label={t("canned.offered")} className="appear absolute inset-x-0 bottom-full z-40 mb-2 max-h-72 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-2">
      {offered.map(({ id: response, short_code, content }, index) => (
        <li
          key={response} id={`${id}-${index}`} role="option" aria-selected={index === active}
          onPointerDown={(event) => { event.preventDefault(); onChoose(index); }}
          className={cx("flex cursor-pointer items-baseline gap-3 rounded-md px-2.5 py-1.5", index === active ? "bg-selected" : "hover:bg-hover")}
        >
          <span className="max-w-40 shrink-0 truncate font-medium">/{short_code}</span>
          <span className="min-w-0 flex-1 truncate text-sm text-ink-2">{content}</span>
        </li>
      ))}
    </ul>
  );
}
