import type { Conversation } from "@tertulia/api-client";
import { useQuery } from "@tanstack/react-query";
import { ContactActions } from "../contacts/contact-actions.tsx";
import { ContactAttributes } from "../contacts/contact-attributes.tsx";
import { ContactDetails } from "../contacts/contact-details.tsx";
import { ContactHeading } from "../contacts/contact-heading.tsx";
import { contactQuery } from "../contacts/queries.ts";
import { ConversationLabels } from "./conversation-labels.tsx";
import { Journal } from "./journal.tsx";
import { Origin } from "./origin.tsx";
import { PastConversations } from "./past-conversations.tsx";

/** Who the customer is and where this conversation comes from. */
export function ContactPanel({ conversation }: { conversation: Conversation }) {
  const { data, isError } = useQuery(contactQuery(conversation.contact.id));
  // Who was erased meanwhile is still in the cache.
  const contact = isError ? undefined : data;
  return (
    <div className="flex h-full flex-col gap-5 overflow-y-auto px-4 py-5" tabIndex={-1}>
      <ContactHeading contact={contact ?? conversation.contact} />
      <ConversationLabels conversation={conversation} />
      {contact && <ContactDetails key={contact.id} contact={contact} />}
      <Origin conversation={conversation} />
      {contact && <ContactAttributes key={`attributes-${contact.id}`} contact={contact} />}
      <PastConversations contactId={conversation.contact.id} currentId={conversation.id} />
      <Journal conversationId={conversation.id} />
      {contact && <ContactActions contact={contact} />}
    </div>
  );
}
