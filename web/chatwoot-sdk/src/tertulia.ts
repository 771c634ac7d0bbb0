/** The part of `window.tertulia` that is used here. Calls made before its script is there wait in `q`. */

export interface MessageNotice {
  id: number;
  text: string;
  sender_name: string;
  at: string;
}

export interface Identity {
  id: string;
  hash?: string;
  name?: string;
  email?: string;
  phone?: string;
  attributes?: Record<string, unknown>;
}

interface Calls {
  open: [];
  close: [];
  toggle: [];
  reset: [];
  setLocale: [locale: string];
  setAttributes: [attributes: Record<string, unknown>];
  identify: [identity: Identity];
  on:
    | [event: "open" | "close", listener: () => void]
    | [event: "message", listener: (message: MessageNotice) => void];
}

declare global {
  interface Window {
    tertulia?: { q?: { push(...calls: [name: string, ...args: unknown[]][]): unknown } };
  }
}

/** Calls a method of our widget now, or as soon as it is there. */
export function call<N extends keyof Calls>(name: N, ...args: Calls[N]): void {
  window.tertulia ??= { q: [] };
  window.tertulia.q ??= [];
  window.tertulia.q.push([name, ...args]);
}
