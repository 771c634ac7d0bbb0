/** A customer of an API inbox, through the public client API. */

import type { House, Json } from "./house.ts";

export interface Message {
  id: number;
  content: string | null;
  message_type: number;
  content_type: string;
  content_attributes: Json;
  echo_id?: string;
}

export class Customer {
  private constructor(
    readonly house: House,
    readonly path: string,
    readonly pubsubToken: string,
    readonly contactId: number,
    /** The number of the conversation, as everybody says it. */
    readonly conversation: number,
  ) {}

  /** Somebody new, who has opened a conversation and said nothing. */
  static async come(house: House, inboxIdentifier: string, name: string): Promise<Customer> {
    const inbox = `inboxes/${inboxIdentifier}/contacts`;
    const contact = await house.public("POST", inbox, { name });
    const path = `${inbox}/${contact.source_id}`;
    const { id } = await house.public("POST", `${path}/conversations`, {});
    return new Customer(house, path, contact.pubsub_token, contact.id, id);
  }

  async say(content: string, echoId: string = content): Promise<Message> {
    return this.house.public("POST", `${this.#conversation}/messages`, { content, echo_id: echoId });
  }

  async messages(): Promise<Message[]> {
    return this.house.public("GET", `${this.#conversation}/messages`);
  }

  /** What the business has said so far. */
  async answers(): Promise<string[]> {
    const outgoing = (await this.messages()).filter((message) => message.message_type === 1);
    return outgoing.map((message) => message.content ?? "");
  }

  async choose(messageId: number, values: unknown[]): Promise<Message> {
    return this.house.public("PATCH", `${this.#conversation}/messages/${messageId}`, { submitted_values: values });
  }

  /** The conversation as a team sees it. */
  async status(): Promise<string> {
    const { body } = await this.house.theirs("GET", `conversations/${this.conversation}`);
    return body.status;
  }

  get #conversation(): string {
    return `${this.path}/conversations/${this.conversation}`;
  }
}
