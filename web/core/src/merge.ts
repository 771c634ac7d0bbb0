/**
 * Two versions of one message become one, whatever the order in which they came.
 * Each part has its own clock: the body (deleted, then edited last), the delivery (its own time), and everything
 * else follows the newer version as a whole.
 */

import { compareInstants, compareOptionalInstants } from "./instant.ts";
import type { AnyMessage, Delivery, DeliveryStatus } from "./protocol.ts";

const DELIVERY_RANK: Record<DeliveryStatus, number> = {
  queued: 0,
  sending: 1,
  uncertain: 2,
  sent: 3,
  delivered: 4,
  read: 5,
  rejected: 6,
  expired: 6,
  canceled: 6,
};

/** `incomingIsNewer` decides what has no clock of its own (reactions above all). */
export function mergeMessage<M extends AnyMessage>(current: M, incoming: M, incomingIsNewer: boolean): M {
  const base = incomingIsNewer ? incoming : current;
  const other = incomingIsNewer ? current : incoming;
  const body = compareBody(other, base) > 0 ? other : base;
  return {
    ...base,
    content: body.content,
    text: body.text,
    attachments: body.attachments,
    reply_to: body.reply_to,
    edited_at: body.edited_at,
    deleted_at: body.deleted_at,
    delivery: laterDelivery(base.delivery, other.delivery),
  };
}

function compareBody(a: AnyMessage, b: AnyMessage): number {
  return (
    compareOptionalInstants(a.deleted_at, b.deleted_at) || compareOptionalInstants(a.edited_at, b.edited_at)
  );
}

function laterDelivery(a: Delivery | null, b: Delivery | null): Delivery | null {
  if (a === null || b === null) return a ?? b;
  const order = compareInstants(a.at, b.at) || DELIVERY_RANK[a.status] - DELIVERY_RANK[b.status];
  return order >= 0 ? a : b;
}
