/** `window.tertulia`: what a website may call. Calls from before the script was there wait in `tertulia.q`. */

import type { Identity, MessageNotice } from "../protocol.ts";

export interface TertuliaEvents {
  ready: undefined;
  open: undefined;
  close: undefined;
  unread: number;
  message: MessageNotice;
}

export interface Tertulia {
  open(): void;
  close(): void;
  toggle(): void;
  /** With a hash it proves who the user is, so that the same person sees the same history on every device. */
  identify(identity: Identity): void;
  setAttributes(attributes: Record<string, unknown>): void;
  setLocale(locale: string): void;
  /** Forgets the visitor on this device: call it when your user signs out. */
  reset(): void;
  /** Answers how to stop listening. */
  on<E extends keyof TertuliaEvents>(event: E, listener: (value: TertuliaEvents[E]) => void): () => void;
  q: { push(...calls: Call[]): void };
}

/** A method's name and its arguments. */
export type Call = [name: string, ...args: unknown[]];

declare global {
  interface Window {
    tertulia?: Partial<Omit<Tertulia, "q">> & { q?: Call[] | Tertulia["q"] };
  }
}

type Listener = (value: never) => void;

export class Emitter {
  readonly #listeners: [event: keyof TertuliaEvents, listener: Listener][] = [];

  on<E extends keyof TertuliaEvents>(event: E, listener: (value: TertuliaEvents[E]) => void): () => void {
    const entry: [E, Listener] = [event, listener];
    this.#listeners.push(entry);
    return () => void this.#listeners.splice(this.#listeners.indexOf(entry), 1);
  }

  emit<E extends keyof TertuliaEvents>(event: E, value: TertuliaEvents[E]): void {
    for (const [name, listener] of this.#listeners.slice()) {
      if (name === event) (listener as (value: TertuliaEvents[E]) => void)(value);
    }
  }
}

/** Puts the API on the page and runs what was queued, in order; a bad call is reported and never stops the next. */
export function publish(methods: Omit<Tertulia, "q">): void {
  const queued = window.tertulia?.q;
  const run = ([name, ...args]: Call) => {
    try {
      (methods as unknown as Record<string, (...args: unknown[]) => void>)[name]?.(...args);
    } catch (error) {
      console.error(error);
    }
  };
  window.tertulia = { ...methods, q: { push: (...calls: Call[]) => calls.forEach(run) } };
  if (Array.isArray(queued)) queued.forEach(run);
}
