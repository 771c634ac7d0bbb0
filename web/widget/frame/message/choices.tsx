/** Buttons and cards: a tap answers, once; a button with an address opens it. */

import { type Button, type Card, safeHref, type WidgetMessage } from "@tertulia/core";
import { useShell } from "../shell/context.ts";
import { Icon } from "../shell/icons.tsx";
import type { ReplyContent } from "../thread/rows.ts";

interface ButtonListProps {
  message: WidgetMessage;
  buttons: readonly Button[];
  answer: ReplyContent | null;
}

/** The key under which a tapped button's id travels in a reply. */
const BUTTON_KEY = "button";

export function ButtonList({ message, buttons, answer }: ButtonListProps) {
  const { chat } = useShell();
  return (
    <div class="choices">
      {buttons.map(({ id, title, url }) => {
        const href = url === null ? null : safeHref(url);
        if (href !== null) {
          return (
            <a key={id} href={href} target="_blank" rel="noopener noreferrer">
              <span dir="auto">{title}</span>
              <Icon name="link" />
            </a>
          );
        }
        return (
          <button
            key={id}
            type="button"
            dir="auto"
            disabled={answer !== null || url !== null}
            aria-pressed={answer?.values[BUTTON_KEY] === id}
            onClick={() => chat.answer(message.id, title, { [BUTTON_KEY]: id })}
          >
            {title}
          </button>
        );
      })}
    </div>
  );
}

interface CardListProps {
  message: WidgetMessage;
  cards: readonly Card[];
  answer: ReplyContent | null;
}

export function CardList({ message, cards, answer }: CardListProps) {
  return (
    <div class="cards" role="group" tabIndex={0} aria-label={cards.map(({ title }) => title).join(", ")}>
      {cards.map((card) => (
        <div key={card.title} class="card">
          {card.image_url !== null && safeHref(card.image_url) !== null && <img src={card.image_url} alt="" loading="lazy" />}
          <b dir="auto">{card.title}</b>
          {card.subtitle !== "" && <span dir="auto">{card.subtitle}</span>}
          <ButtonList message={message} buttons={card.buttons} answer={answer} />
        </div>
      ))}
    </div>
  );
}
