/** Bots that were written for Chatwoot, against the real binary: nothing is lost, nothing is said twice. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Bot } from "../src/bot.ts";
import { Customer } from "../src/customer.ts";
import { House } from "../src/house.ts";
import { apiInbox, type Inbox } from "../src/inbox.ts";
import { until } from "../src/wait.ts";

let house: House;
let bot: Bot | null = null;

beforeAll(async () => {
  house = await House.open();
});
afterEach(async () => {
  await bot?.kill();
  bot = null;
});
afterAll(() => house.close());

async function meet(program: string): Promise<{ inbox: Inbox; customer: Customer }> {
  const inbox = await apiInbox(house, program);
  bot = await Bot.start(house, inbox, program);
  return { inbox, customer: await Customer.come(house, inbox.inbox_identifier, "Cora") };
}

async function untilAnswers(customer: Customer, expected: string[]): Promise<void> {
  await until(`${JSON.stringify(expected)} from a bot that says:\n${bot?.output}`, async () => {
    return (await customer.answers()).length >= expected.length;
  });
  expect(await customer.answers()).toEqual(expected);
}

const untilStatus = (customer: Customer, status: string) =>
  until(`the status ${status}`, async () => (await customer.status()) === status);

describe("triage", () => {
  it("answers, hands over, and gets the conversation back", async () => {
    const { customer } = await meet("triage.py");
    expect(await customer.status()).toBe("pending");
    await customer.say("opening hours");
    await untilAnswers(customer, ["We are open from 9 to 18."]);
    expect(await customer.status()).toBe("pending");
    await customer.say("I want to complain");
    await untilStatus(customer, "open");
    const path = `conversations/${customer.conversation}`;
    await house.theirs("POST", `${path}/messages`, { content: "I am Anna. What happened?" });
    await customer.say("shipping");
    // The bot sees that a person is answering as long as that is so, and lets the message be.
    await bot?.untilTold(6);
    await house.theirs("POST", `${path}/toggle_status`, { status: "pending" });
    await untilStatus(customer, "pending");
    await customer.say("Shipping");
    await untilAnswers(customer, [
      "We are open from 9 to 18.",
      "Let me get somebody who knows.",
      "I am Anna. What happened?",
      "It takes three days.",
    ]);
  });

  it("that was killed answers everything once when it is back", async () => {
    const { customer } = await meet("triage.py");
    await customer.say("opening hours");
    await untilAnswers(customer, ["We are open from 9 to 18."]);
    await bot?.kill();
    await customer.say("shipping");
    await bot?.untilMissed();
    await house.binary.kill();
    await bot?.restart();
    await house.binary.restart();
    await untilAnswers(customer, ["We are open from 9 to 18.", "It takes three days."]);
    expect(await customer.status()).toBe("pending");
  });
});

describe("slow", () => {
  it("may answer long after it acknowledged", async () => {
    const { customer } = await meet("slow.py");
    await customer.say("life");
    await untilAnswers(customer, ["I thought about: life"]);
    expect(await customer.status()).toBe("pending");
  });
});

describe("buttons", () => {
  it("hears which one was tapped as an update of its own message", async () => {
    const { customer } = await meet("buttons.mjs");
    await customer.say("Hello");
    await untilAnswers(customer, ["What do you look for?"]);
    const asked = (await customer.messages()).find(({ content_type }) => content_type === "input_select");
    expect(asked?.content_attributes.items).toHaveLength(2);
    const answered = await customer.choose(asked?.id ?? 0, [{ title: "Tables", value: "tables" }]);
    expect(answered.content_attributes.submitted_values).toEqual([{ title: "Tables", value: "tables" }]);
    await untilAnswers(customer, ["What do you look for?", "Here are our tables."]);
  });
});

describe("crashing", () => {
  it("falls over its own echo without anybody being asked", async () => {
    const { customer } = await meet("crashing.py");
    await customer.say("Hello");
    await untilAnswers(customer, ["I will be back"]);
    await until("the crash", async () => /UnboundLocalError|unbound|not associated/.test(bot?.output ?? ""));
    await customer.say("Hello again");
    await untilAnswers(customer, ["I will be back", "I will be back"]);
    expect(await customer.status()).toBe("pending");
  });
});
