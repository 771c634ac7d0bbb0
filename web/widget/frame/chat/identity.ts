/** What a website says of its user: with a proof, or only for agents to see. */

import type { Identity, IdentityProof } from "../../protocol.ts";
import type { ProfileChange } from "./shapes.ts";

export function isProof(identity: Identity): identity is IdentityProof {
  return typeof identity.hash === "string";
}

export function profileOf({ name, email, phone, attributes }: Identity): ProfileChange {
  const told = { name, email, phone, attributes };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
}
