/** The frame's storage with a prefix per widget, or memory when the browser blocks it. */

import { browserStore, type KeyValueStore, memoryStore } from "@tertulia/core";

export interface FrameStorage {
  readonly store: KeyValueStore;
  readonly isKept: boolean;
  /** Another tab of the same website got, changed or dropped the visitor's token. */
  onTokenOfOtherTab(listener: () => void): void;
}

export function openStorage(key: string): FrameStorage {
  const prefix = `tertulia:${key}:`;
  const browser = browserStore(() => window.localStorage);
  return {
    store: prefixed(browser ?? memoryStore(), prefix),
    isKept: browser !== null,
    onTokenOfOtherTab: (listener) =>
      window.addEventListener("storage", (event) => {
        if (event.key === `${prefix}token`) listener();
      }),
  };
}

function prefixed(store: KeyValueStore, prefix: string): KeyValueStore {
  return {
    get: (name) => store.get(prefix + name),
    set: (name, value) => store.set(prefix + name, value),
    remove: (name) => store.remove(prefix + name),
    keys: () =>
      store
        .keys()
        .filter((name) => name.startsWith(prefix))
        .map((name) => name.slice(prefix.length)),
  };
}
