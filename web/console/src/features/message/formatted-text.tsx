import type { Message } from "@tertulia/api-client";
import { safeHref, splitLinks } from "@tertulia/core";
import { useState, type ReactNode } from "react";
import { useT } from "../../i18n/use-t.ts";

type Span = Message["spans"][number];

/** Text with the marks that its writer set. Marks count UTF-16 units, as strings do here. */
export function FormattedText({ text, spans }: { text: string; spans: readonly Span[] }) {
  if (!text) return null;
  const edges = [...new Set([0, text.length, ...spans.flatMap(({ start, length }) => [start, start + length])])]
    .filter((edge) => edge <= text.length)
    .sort((a, b) => a - b);
  const pieces = edges.slice(1).map((end, index) => {
    const start = edges[index] ?? 0;
    const marks = spans.filter((span) => span.start <= start && span.start + span.length >= end);
    return <Piece key={start} text={text.slice(start, end)} marks={marks} />;
  });
  return <p className="break-words whitespace-pre-wrap [overflow-wrap:anywhere]">{pieces}</p>;
}

function Piece({ text, marks }: { text: string; marks: readonly Span[] }) {
  const isLink = marks.some(({ kind }) => kind === "link");
  const inner: ReactNode = isLink ? text : <Links text={text} />;
  return marks.reduce<ReactNode>((children, mark) => <Mark mark={mark}>{children}</Mark>, inner);
}

const link = "underline decoration-ink-3 underline-offset-2 hover:decoration-current";

function Links({ text }: { text: string }) {
  return splitLinks(text).map((piece, index) =>
    piece.kind === "text" ? piece.text : <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer" className={link}>{piece.text}</a>,
  );
}

function Mark({ mark, children }: { mark: Span; children: ReactNode }) {
  switch (mark.kind) {
    case "bold":
      return <strong>{children}</strong>;
    case "italic":
      return <em>{children}</em>;
    case "underline":
      return <u>{children}</u>;
    case "strike":
      return <s>{children}</s>;
    case "code":
      return <code className="rounded-sm bg-sunken px-1 font-mono text-[0.92em]">{children}</code>;
    case "pre":
      return <code className="block rounded-md bg-sunken px-2 py-1 font-mono text-[0.92em]">{children}</code>;
    case "quote":
      return <span className="block border-l-2 border-ink-3 pl-2 text-ink-2">{children}</span>;
    case "spoiler":
      return <Spoiler>{children}</Spoiler>;
    case "mention":
      return <span className="font-medium text-accent-strong">{children}</span>;
    case "link": {
      const href = mark.url ? safeHref(mark.url) : null;
      return href ? <a href={href} target="_blank" rel="noopener noreferrer" className={link}>{children}</a> : children;
    }
  }
}

/** Hidden until somebody asks for it, as its writer wanted. */
function Spoiler({ children }: { children: ReactNode }) {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <span className="rounded-sm bg-sunken px-0.5">{children}</span>;
  return (
    <button type="button" aria-label={t("message.showSpoiler")} onClick={() => setOpen(true)} className="rounded-sm bg-ink-3 px-0.5 text-transparent select-none">
      {children}
    </button>
  );
}
