/** One list to show: what the server has, then what is still on its way. One client id is one bubble, always. */

import type { OutboxItem } from "./outbox.ts";
import type { AnyMessage } from "./protocol.ts";

export type Bubble<M extends AnyMessage, P> =
  | { readonly kind: "message"; readonly key: string; readonly message: M }
  | { readonly kind: "pending"; readonly key: string; readonly item: OutboxItem<P> };

/** The key of a bubble stays the same when its message arrives, so that the element is kept. */
export function bubbles<M extends AnyMessage, P>(
  messages: readonly M[],
  pending: readonly OutboxItem<P>[],
): Bubble<M, P>[] {
  const shown = new Set<string>();
  const list: Bubble<M, P>[] = [];
  for (const message of messages) {
    if (message.client_id !== null) shown.add(message.client_id);
    list.push({ kind: "message", key: message.client_id ?? `m${message.id}`, message });
  }
  for (const item of pending) {
    if (!shown.has(item.client_id)) list.push({ kind: "pending", key: item.client_id, item });
  }
  return list;
}
