/** Holds core's state for React: one value that changes only through functions of core. */
import { EMPTY_STATE, type State } from "@tertulia/core";

export class LiveStore {
  #state: State = EMPTY_STATE;
  readonly #listeners = new Set<() => void>();

  get state(): State {
    return this.#state;
  }

  update(change: (state: State) => State): void {
    const next = change(this.#state);
    if (next === this.#state) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
}
