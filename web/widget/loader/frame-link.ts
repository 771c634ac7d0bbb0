/** The iframe and the talk with it. Nothing is posted before the frame listens; nothing is heard from anybody else. */

import { type FrameMessage, type PageMessage, seal, unseal } from "../protocol.ts";

export class FrameLink {
  readonly element = document.createElement("iframe");
  readonly #origin: string;
  #queue: PageMessage[] | null = [];

  constructor(
    origin: string,
    key: string,
    title: string,
    start: PageMessage,
    onMessage: (message: FrameMessage) => void,
  ) {
    this.#origin = origin;
    this.element.title = title;
    this.element.src = `${origin}/widget/frame?key=${key}`;
    this.element.addEventListener("load", () => {
      const queued = this.#queue ?? [];
      this.#queue = null;
      [start, ...queued].forEach((message) => this.post(message));
    });
    window.addEventListener("message", (event) => {
      if (event.origin !== origin || event.source !== this.element.contentWindow) return;
      const message = unseal<FrameMessage>(event.data);
      if (message !== null) onMessage(message);
    });
  }

  post(message: PageMessage): void {
    if (this.#queue !== null) this.#queue.push(message);
    else this.element.contentWindow?.postMessage(seal(message), this.#origin);
  }
}
