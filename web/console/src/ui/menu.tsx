import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { cx } from "./classes.ts";

const panel =
  "appear z-50 max-h-[min(26rem,var(--radix-dropdown-menu-content-available-height))] min-w-48 max-w-80 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-2";
const row =
  "flex min-h-8 items-center gap-2.5 rounded-md px-2.5 py-1 text-base outline-none data-[highlighted]:bg-hover data-[disabled]:opacity-50";

interface MenuProps {
  trigger: ReactElement;
  children: ReactNode;
  align?: "start" | "end" | "center";
  side?: "top" | "bottom";
}

export function Menu({ trigger, children, align = "start", side = "bottom" }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align={align} side={side} sideOffset={5} collisionPadding={8} className={panel}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface ItemProps {
  onSelect: () => void;
  icon?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  children: ReactNode;
}

export function MenuItem({ onSelect, icon, danger, disabled, children }: ItemProps) {
  return (
    <DropdownMenu.Item
      className={cx(row, danger && "text-danger")}
      disabled={disabled ?? false}
      onSelect={onSelect}
    >
      {icon && <span className="shrink-0 text-ink-3">{icon}</span>}
      <span className="min-w-0 flex-1">{children}</span>
    </DropdownMenu.Item>
  );
}

interface CheckItemProps {
  checked: boolean;
  onCheck: (checked: boolean) => void;
  children: ReactNode;
  /** Leaves the menu open, for choosing several. */
  stay?: boolean;
}

export function MenuCheckItem({ checked, onCheck, children, stay }: CheckItemProps) {
  return (
    <DropdownMenu.CheckboxItem
      className={row}
      checked={checked}
      onCheckedChange={onCheck}
      onSelect={(event) => stay && event.preventDefault()}
    >
      <span className="min-w-0 flex-1">{children}</span>
      <span className="w-4 shrink-0 text-accent">{checked && <Check size={16} />}</span>
    </DropdownMenu.CheckboxItem>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="eyebrow px-2.5 pt-2 pb-1">{children}</DropdownMenu.Label>;
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}
