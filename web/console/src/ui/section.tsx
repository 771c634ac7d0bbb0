import { ChevronDown } from "lucide-react";
import { useState, type ReactNode } from "react";
import { cx } from "./classes.ts";

interface Props {
  title: string;
  action?: ReactNode;
  /** Starts closed and can be opened. */
  folded?: boolean;
  onOpen?: () => void;
  children: ReactNode;
}

export function Section({ title, action, folded, onOpen, children }: Props) {
  const [isOpen, setOpen] = useState(!folded);
  const toggle = () => {
    if (!isOpen) onOpen?.();
    setOpen(!isOpen);
  };
  return (
    <section className="flex flex-col gap-1.5">
      <div className="flex min-h-7 items-center gap-2">
        <h3 className="eyebrow min-w-0 flex-1">
          {folded === undefined ? title : (
            <button type="button" aria-expanded={isOpen} onClick={toggle} className="flex items-center gap-1 hover:text-ink">
              {title}
              <ChevronDown size={13} className={cx("transition-transform", !isOpen && "-rotate-90")} />
            </button>
          )}
        </h3>
        {action}
      </div>
      {isOpen && children}
    </section>
  );
}
