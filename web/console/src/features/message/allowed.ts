/** What the server would allow with a message, by the rules of its engine, so that nothing is offered that it refuses. */
import type { Inbox, Message } from "@tertulia/api-client";

export type Capabilities = Inbox["capabilities"];

/** `can` is `undefined` for an inbox that is gone, or not known yet. */
export function mayReact({ deleted_at, visibility }: Message, can: Capabilities | undefined): boolean {
  if (deleted_at !== null || visibility === "activity") return false;
  return visibility === "note" || can?.reactions === true;
}

/** Only what I wrote, and what has left only where the channel can take it back. */
export function mayDelete(message: Message, myUserId: number, can: Capabilities | undefined): boolean {
  const { sender, deleted_at } = message;
  const isMine = sender.kind === "agent" && sender.id === myUserId;
  return isMine && deleted_at === null && (!hasLeft(message) || can?.edits === true);
}

export function mayEdit(message: Message, myUserId: number, can: Capabilities | undefined): boolean {
  return message.content.type === "text" && mayDelete(message, myUserId, can);
}

function hasLeft({ direction, visibility, delivery }: Message): boolean {
  const waits = delivery !== null && (delivery.status === "queued" || delivery.status === "canceled");
  return direction === "out" && visibility === "public" && !waits;
}
