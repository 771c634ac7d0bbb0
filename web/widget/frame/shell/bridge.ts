/** The talk with the page that embeds us. The first valid message decides which origin that is. */

import { type FrameMessage, type PageMessage, seal, unseal } from "../../protocol.ts";

/** What is kept until the page has spoken; newer messages replace older ones of the same type. */
type Waiting = Map<FrameMessage["type"], FrameMessage>;

export class Bridge {
  readonly #parent: Window | null;
  #origin: string | null = null;
  readonly #waiting: Waiting = new Map();

  /** `null`: opened on its own, in a tab. */
  constructor(parent: Window | null) {
    this.#parent = parent;
  }

  get isEmbedded(): boolean {
    return this.#parent !== null;
  }

  listen(onMessage: (message: PageMessage, origin: string) => void): void {
    window.addEventListener("message", (event) => {
      if (event.source !== this.#parent || (this.#origin !== null && event.origin !== this.#origin)) return;
      const message = unseal<PageMessage>(event.data);
      if (message === null) return;
      this.#meet(event.origin);
      onMessage(message, event.origin);
    });
  }

  post(message: FrameMessage): void {
    if (this.#origin === null) this.#waiting.set(message.type, message);
    else this.#parent?.postMessage(seal(message), this.#origin);
  }

  #meet(origin: string): void {
    if (this.#origin !== null) return;
    this.#origin = origin;
    for (const message of this.#waiting.values()) this.post(message);
    this.#waiting.clear();
  }
}
