import { splitLinks } from "@tertulia/core";

/** Text from anybody: always text nodes, with links that can only open pages and mails. */
export function Text({ text }: { text: string }) {
  if (text === "") return null;
  return (
    <p class={isBigEmoji(text) ? "text big" : "text"} dir="auto">
      {splitLinks(text).map((piece) =>
        piece.kind === "text" ? piece.text : (
          <a href={piece.href} target="_blank" rel="noopener noreferrer nofollow">{piece.text}</a>
        ),
      )}
    </p>
  );
}

/** Up to three emoji and nothing else are shown large. */
function isBigEmoji(text: string): boolean {
  return /^(?:\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?(?:\u200D\p{Extended_Pictographic}\uFE0F?)*\s*){1,3}$/u.test(text);
}
