/** From what `setUser` is given to what our widget takes. */

import type { Identity } from "./tertulia.ts";

export interface ChatwootUser {
  name?: string;
  email?: string;
  phone_number?: string;
  identifier_hash?: string;
  [other: string]: unknown;
}

/** With a hash the identity is proven and opens its own history; without one agents see what was told. */
export function identityOf(identifier: string | number, user: ChatwootUser): Identity {
  const { name, email, phone_number, identifier_hash, ...rest } = user;
  const id = String(identifier);
  const attributes = { identifier: id, ...rest };
  return {
    id,
    ...(filled(identifier_hash) && { hash: identifier_hash }),
    ...(filled(name) && { name }),
    ...(filled(email) && { email }),
    ...(filled(phone_number) && { phone: phone_number }),
    attributes,
  };
}

function filled(text: unknown): text is string {
  return typeof text === "string" && text !== "";
}
