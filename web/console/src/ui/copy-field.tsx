import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useT } from "../i18n/use-t.ts";
import { Button } from "./button.tsx";
import { cx } from "./classes.ts";

const CONFIRMATION_MS = 1_500;

/** Text to be taken elsewhere: a snippet, a link, a secret. */
export function CopyField({ label, text, multiline }: { label: string; text: string; multiline?: boolean }) {
  const t = useT();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), CONFIRMATION_MS);
  };
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-end justify-between gap-2">
        <span className="text-sm font-medium text-ink-2">{label}</span>
        <Button size="small" tone="ghost" icon={copied ? <Check size={14} /> : <Copy size={14} />} onClick={() => void copy()}>
          {copied ? t("common.copied") : t("common.copy")}
        </Button>
      </div>
      <pre
        // A long snippet scrolls, so it must be reachable by keyboard.
        tabIndex={0}
        aria-label={label}
        className={cx(
          "overflow-x-auto rounded-md border border-line bg-sunken px-3 py-2 font-mono text-sm",
          multiline ? "whitespace-pre" : "break-all whitespace-pre-wrap",
        )}
      >
        {text}
      </pre>
    </div>
  );
}
