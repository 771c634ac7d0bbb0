/** An API inbox, made as an integration makes one. */

import type { House } from "./house.ts";

export interface Inbox {
  id: number;
  inbox_identifier: string;
}

export async function apiInbox(house: House, name: string): Promise<Inbox> {
  const { status, body } = await house.theirs("POST", "inboxes", { name, channel: { type: "api" } });
  if (status !== 200) throw new Error(`an inbox was not made: ${status} ${JSON.stringify(body)}`);
  return body;
}
