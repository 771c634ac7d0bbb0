import { EMOJI_GROUPS } from "@tertulia/core";
import { useT } from "../../i18n/use-t.ts";

export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const t = useT();
  return (
    <div className="max-h-72 w-[19.5rem] max-w-full overflow-y-auto p-2" tabIndex={-1}>
      {EMOJI_GROUPS.map(({ key, emoji }) => (
        <section key={key}>
          <h3 className="eyebrow px-1 py-1">{t(`emoji.${key}`)}</h3>
          <div className="grid grid-cols-8">
            {emoji.map((each) => (
              <button key={each} type="button" className="flex aspect-square items-center justify-center rounded-md text-xl hover:bg-hover" onClick={() => onPick(each)}>
                {each}
              </button>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}
