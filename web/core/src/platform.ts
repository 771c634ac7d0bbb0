/** What core needs from its surroundings: passed in, so that tests own time, chance and storage. */

export interface Clock {
  now(): number;
  /** Runs `task` after `delay_ms`; the answer cancels it. */
  after(delay_ms: number, task: () => void): () => void;
  random(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delay_ms, task) => {
    const timer = setTimeout(task, delay_ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

/** The part of `Storage` that core uses. */
export interface KeyValueStore {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
}

/** Keeps everything until the page goes: what is left when the browser blocks storage. */
export function memoryStore(): KeyValueStore {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
    keys: () => [...values.keys()],
  };
}

/** Wraps the browser's storage; `null` when it is blocked or full, which only using it tells. */
export function browserStore(open: () => Storage): KeyValueStore | null {
  try {
    const storage = open();
    const probe = "tertulia:probe";
    storage.setItem(probe, "1");
    storage.removeItem(probe);
    return {
      get: (key) => storage.getItem(key),
      set: (key, value) => storage.setItem(key, value),
      remove: (key) => storage.removeItem(key),
      keys: () => Object.keys(storage),
    };
  } catch {
    return null;
  }
}

/** A random identifier made on the client: 128 bits as hex. */
export function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
