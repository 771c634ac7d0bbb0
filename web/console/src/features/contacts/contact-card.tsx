import type { Contact } from "@tertulia/api-client";
import { PastConversations } from "../contact-panel/past-conversations.tsx";
import { ContactActions } from "./contact-actions.tsx";
import { ContactAttributes } from "./contact-attributes.tsx";
import { ContactDetails } from "./contact-details.tsx";
import { ContactHeading } from "./contact-heading.tsx";

/** Everything about one contact, outside a conversation. */
export function ContactCard({ contact, onGone }: { contact: Contact; onGone: (into?: number) => void }) {
  return (
    <div className="flex h-full flex-col gap-5 overflow-y-auto px-4 py-5" tabIndex={-1}>
      <ContactHeading contact={contact} />
      <ContactDetails key={contact.id} contact={contact} />
      <ContactAttributes key={`attributes-${contact.id}`} contact={contact} />
      <PastConversations contactId={contact.id} />
      <ContactActions contact={contact} onGone={onGone} />
    </div>
  );
}
