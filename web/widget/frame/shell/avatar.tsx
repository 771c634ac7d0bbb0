import { initials } from "@tertulia/core";

/** A picture, or initials on a colour that is always the same for the same name. */
export function Avatar({ name, url }: { name: string; url: string | null }) {
  if (url !== null) return <img class="avatar" src={url} alt="" />;
  return <span class={`avatar hue-${hue(name)}`}>{initials(name)}</span>;
}

const HUES = 6;

function hue(name: string): number {
  return [...name].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973, 7) % HUES;
}
