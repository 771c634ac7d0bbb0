/** Typing both ways: ours is told at most every few seconds, theirs ends by itself when nobody says so. */

import { type Clock, systemClock } from "@tertulia/core";

/** How often "still typing" is repeated; the other side shows it for 5 s. */
const REPEAT_MS = 3_000;
/** Silence after which we are no longer typing. */
const IDLE_MS = 4_000;
const SHOWN_MS = 6_000;

export class OwnTyping {
  readonly #tell: (on: boolean) => void;
  readonly #clock: Clock;
  #toldAt = Number.NEGATIVE_INFINITY;
  #cancel: () => void = () => undefined;

  constructor(tell: (on: boolean) => void, clock: Clock = systemClock) {
    this.#tell = tell;
    this.#clock = clock;
  }

  keystroke(): void {
    if (this.#clock.now() - this.#toldAt >= REPEAT_MS) {
      this.#toldAt = this.#clock.now();
      this.#tell(true);
    }
    this.#cancel();
    this.#cancel = this.#clock.after(IDLE_MS, () => this.stop());
  }

  stop(): void {
    this.#cancel();
    if (this.#toldAt === Number.NEGATIVE_INFINITY) return;
    this.#toldAt = Number.NEGATIVE_INFINITY;
    this.#tell(false);
  }
}

export class TheirTyping {
  readonly #show: (name: string | null) => void;
  readonly #clock: Clock;
  #cancel: () => void = () => undefined;

  constructor(show: (name: string | null) => void, clock: Clock = systemClock) {
    this.#show = show;
    this.#clock = clock;
  }

  hear(name: string, on: boolean): void {
    this.#cancel();
    this.#show(on ? name : null);
    if (on) this.#cancel = this.#clock.after(SHOWN_MS, () => this.#show(null));
  }
}
