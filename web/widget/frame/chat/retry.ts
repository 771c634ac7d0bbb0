/** Tries again later: each time after a longer wait, from the start after a success. */

import { backoffMs, type Clock, STREAM_BACKOFF, systemClock } from "@tertulia/core";

export class Retry {
  readonly #clock: Clock;
  #attempt = 0;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  later(task: () => unknown): void {
    this.#clock.after(backoffMs(STREAM_BACKOFF, this.#attempt, this.#clock.random()), () => void task());
    this.#attempt += 1;
  }

  succeeded(): void {
    this.#attempt = 0;
  }
}
