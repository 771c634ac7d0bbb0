/**
 * The round button and the place for the frame, inside a shadow root: the page's styles cannot reach in and ours
 * cannot leak out. Styles go in through the CSSOM, which a strict `style-src` on the page does not forbid.
 */

import { readableOn } from "../frame/theme/contrast.ts";
import { LAUNCHER_CSS } from "./styles.ts";

export interface LauncherOptions {
  title: string;
  color: string;
  position: "left" | "right";
}

const SVG = "http://www.w3.org/2000/svg";
const CHAT_ICON = "M12 3C6.5 3 2 6.6 2 11c0 2.5 1.4 4.7 3.7 6.2L5 21l4.3-2.2c.9.1 1.8.2 2.7.2 5.5 0 10-3.6 10-8s-4.5-8-10-8z";
const CLOSE_ICON = "M6 9l6 6 6-6";
const BADGE_COUNT_MAX = 99;

export class Launcher {
  readonly #host = document.createElement("div");
  readonly #root = this.#host.attachShadow({ mode: "open" });
  readonly #button = document.createElement("button");
  readonly #badge = document.createElement("span");
  readonly label: string;
  #unread = 0;

  /** `onIntent` comes before `onClick`: a pointer or the focus on the button. */
  constructor({ title, color, position }: LauncherOptions, onClick: () => void, onIntent: () => void) {
    this.label = title || "Chat";
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(LAUNCHER_CSS);
    this.#root.adoptedStyleSheets = [sheet];
    this.#host.dataset["side"] = position;
    this.#host.style.setProperty("--accent", color);
    this.#host.style.setProperty("--on-accent", readableOn(color));
    this.#badge.className = "badge";
    this.#badge.hidden = true;
    this.#button.append(icon(), this.#badge);
    this.#button.setAttribute("aria-haspopup", "dialog");
    this.#button.addEventListener("click", onClick);
    this.#button.addEventListener("pointerenter", onIntent);
    this.#button.addEventListener("focus", onIntent);
    this.#root.append(this.#button);
    this.show(false);
    document.body.append(this.#host);
  }

  /** Puts the frame beside the button. */
  attach(frame: HTMLIFrameElement): void {
    this.#root.prepend(frame);
  }

  show(isOpen: boolean): void {
    this.#host.toggleAttribute("data-open", isOpen);
    this.#button.setAttribute("aria-expanded", String(isOpen));
    this.#describe();
  }

  setUnread(count: number): void {
    this.#unread = count;
    this.#badge.hidden = count === 0;
    this.#badge.textContent = count > BADGE_COUNT_MAX ? `${BADGE_COUNT_MAX}+` : String(count);
    this.#describe();
  }

  focus(): void {
    this.#button.focus();
  }

  #describe(): void {
    this.#button.setAttribute("aria-label", this.#unread > 0 ? `${this.label} (${this.#unread})` : this.label);
  }
}

/** Both pictures in one; the style sheet shows one of them. */
function icon(): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  for (const shape of [CHAT_ICON, CLOSE_ICON]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", shape);
    svg.append(path);
  }
  return svg;
}
