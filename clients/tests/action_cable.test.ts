/** The ActionCable client of Rails, unmodified, on `/cable`. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Listener } from "../src/cable.ts";
import { Customer } from "../src/customer.ts";
import { House } from "../src/house.ts";
import { apiInbox, type Inbox } from "../src/inbox.ts";
import { until } from "../src/wait.ts";

let house: House;
let inbox: Inbox;
let agent: Listener;

beforeAll(async () => {
  house = await House.open();
  inbox = await apiInbox(house, "Our app");
  const profile = await fetch(`${house.origin}/api/v1/profile`, { headers: { api_access_token: house.token } });
  const { pubsub_token } = (await profile.json()) as { pubsub_token: string };
  agent = new Listener(house, { pubsub_token, account_id: house.accountId, user_id: house.userId });
  await agent.untilConnected();
});

afterAll(async () => {
  agent.close();
  await house.close();
});

describe("an agent", () => {
  it("is told who is there, itself included", async () => {
    const { users } = await agent.event("presence.update");
    expect(users).toEqual({ [house.userId]: "online" });
    const before = agent.heard.length;
    agent.sayPresent();
    await until("an answer", async () => agent.heard.slice(before).find(({ event }) => event === "presence.update"));
  });

  it("hears a conversation from its first message to its end", async () => {
    const customer = await Customer.come(house, inbox.inbox_identifier, "Cora");
    await customer.say("Where is my order?");
    const message = await agent.event("message.created", (data) => data.content === "Where is my order?");
    expect(message).toMatchObject({ message_type: 0, conversation_id: customer.conversation, account_id: house.accountId });
    const created = await agent.event("conversation.created", (data) => data.id === customer.conversation);
    expect(created.status).toBe("open");
    await house.theirs("POST", `conversations/${customer.conversation}/toggle_status`, { status: "resolved" });
    const changed = await agent.event("conversation.status_changed", (data) => data.id === customer.conversation);
    expect(changed.status).toBe("resolved");
  });
});

describe("a customer", () => {
  it("hears answers and neither notes nor what others say", async () => {
    const customer = await Customer.come(house, inbox.inbox_identifier, "Dora");
    const other = await Customer.come(house, inbox.inbox_identifier, "Eva");
    const listener = new Listener(house, { pubsub_token: customer.pubsubToken });
    await listener.untilConnected();
    await customer.say("Hello");
    await other.say("a secret");
    const path = `conversations/${customer.conversation}/messages`;
    await house.theirs("POST", path, { content: "a regular", private: true });
    await house.theirs("POST", path, { content: "Hi, Dora" });
    await listener.event("message.created", (data) => data.content === "Hi, Dora");
    const said = listener.heard.filter(({ event }) => event === "message.created").map(({ data }) => data.content);
    expect(said).toEqual(["Hello", "Hi, Dora"]);
    listener.close();
  });

  it("is rejected with a token that is not good", async () => {
    const listener = new Listener(house, { pubsub_token: "nonsense" });
    await until("a rejection", async () => listener.isRejected);
    listener.close();
  });
});

describe("a server that was killed", () => {
  it("is found again by the same client, which then hears what is new", async () => {
    const before = agent.connections;
    await house.binary.kill();
    await until("the loss is noticed", async () => agent.isDisconnected);
    await house.binary.restart();
    await agent.untilConnected(before + 1);
    const customer = await Customer.come(house, inbox.inbox_identifier, "Fay");
    await customer.say("Are you there again?");
    await agent.event("message.created", (data) => data.content === "Are you there again?");
  });
});
