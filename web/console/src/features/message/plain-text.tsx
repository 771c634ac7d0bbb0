import { splitLinks } from "@tertulia/core";

/** Plain text with its line breaks and links; never markup. */
export function PlainText({ text, className }: { text: string; className?: string }) {
  if (!text) return null;
  return (
    <p className={`break-words whitespace-pre-wrap [overflow-wrap:anywhere] ${className ?? ""}`}>
      {splitLinks(text).map((piece, index) =>
        piece.kind === "text" ? (
          piece.text
        ) : (
          <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer" className="underline decoration-ink-3 underline-offset-2 hover:decoration-current">
            {piece.text}
          </a>
        ),
      )}
    </p>
  );
}
