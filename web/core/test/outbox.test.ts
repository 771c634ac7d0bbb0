import { describe, expect, it } from "vitest";
import { bubbles, memoryStore, Outbox, type OutboxItem, type SendOutcome } from "../src/index.ts";
import { ManualClock, message, settle } from "./samples.ts";

/** A server whose answers the test gives one by one. */
function setUp(store = memoryStore()) {
  const clock = new ManualClock();
  const sent: { item: OutboxItem<string>; answer: (outcome: SendOutcome) => Promise<void> }[] = [];
  const outbox = new Outbox<string>({
    store,
    prefix: "outbox",
    clock,
    attempts_max: 3,
    send: (item) =>
      new Promise((resolve) => {
        const answer = async (outcome: SendOutcome) => {
          resolve(outcome);
          await settle();
        };
        sent.push({ item, answer });
      }),
  });
  const take = () => {
    const call = sent.shift();
    if (call === undefined) throw new Error("nothing was sent");
    return call;
  };
  const states = () => outbox.items.map(({ payload, state }) => `${payload} ${state}`);
  return { clock, outbox, sent, store, take, states };
}

describe("Outbox", () => {
  it("sends one after the other in a lane", async () => {
    const { outbox, sent, take, states } = setUp();
    outbox.add("1", "a");
    outbox.add("1", "b");
    expect(states()).toEqual(["a sending", "b queued"]);
    await take().answer({ kind: "sent" });
    expect(take().item.payload).toBe("b");
    expect(sent).toHaveLength(0);
  });

  it("lets lanes go side by side", () => {
    const { outbox, states } = setUp();
    outbox.add("1", "a");
    outbox.add("2", "b");
    expect(states()).toEqual(["a sending", "b sending"]);
  });

  it("keeps the order and the client id while it retries", async () => {
    const { clock, outbox, sent, take } = setUp();
    const id = outbox.add("1", "a");
    outbox.add("1", "b");
    await take().answer({ kind: "retry" });
    expect(sent).toHaveLength(0);
    clock.advance(60_000);
    const second = take();
    expect([second.item.payload, second.item.client_id]).toEqual(["a", id]);
    await second.answer({ kind: "sent" });
    expect(take().item.payload).toBe("b");
  });

  it("waits longer each time, as long as the server says, and not for ever", async () => {
    const { clock, outbox, sent, take, states } = setUp();
    clock.chance = 0;
    outbox.add("1", "a");
    await take().answer({ kind: "retry" });
    clock.advance(499);
    expect(sent).toHaveLength(0);
    clock.advance(1);
    await take().answer({ kind: "retry", after_ms: 90_000 });
    clock.advance(89_999);
    expect(sent).toHaveLength(0);
    clock.advance(1);
    await take().answer({ kind: "retry" });
    expect(states()).toEqual(["a failed"]);
    expect(clock.pending).toBe(0);
  });

  it("shows a refused message, goes on with the next, and sends it again when asked", async () => {
    const { outbox, take, states } = setUp();
    const id = outbox.add("1", "a");
    outbox.add("1", "b");
    await take().answer({ kind: "failed", code: "too_long", detail: "too long" });
    expect(states()).toEqual(["a failed", "b sending"]);
    await take().answer({ kind: "sent" });
    outbox.retry(id);
    expect(take().item.client_id).toBe(id);
  });

  it("does not spend attempts without a network", async () => {
    const { clock, outbox, sent, take, states } = setUp();
    outbox.add("1", "a");
    for (let time = 0; time < 10; time += 1) {
      await take().answer({ kind: "offline" });
      clock.advance(600_000);
      expect(sent).toHaveLength(0);
      outbox.resume();
    }
    expect(states()).toEqual(["a sending"]);
  });

  it("survives a reload in every state, in order, with the same ids", async () => {
    const before = setUp();
    const ids = ["a", "b", "c"].map((text) => before.outbox.add("1", text));
    await before.take().answer({ kind: "failed", code: "x", detail: "" });
    expect(before.states()).toEqual(["a failed", "b sending", "c queued"]);

    const after = setUp(before.store);
    expect(after.states()).toEqual(["a failed", "b queued", "c queued"]);
    expect(after.outbox.items.map(({ client_id }) => client_id)).toEqual(ids);
    after.outbox.resume();
    await after.take().answer({ kind: "sent" });
    await after.take().answer({ kind: "sent" });
    expect(setUp(before.store).states()).toEqual(["a failed"]);
  });

  it("does not touch what another tab has queued in the same storage", async () => {
    const one = setUp();
    const other = setUp(one.store);
    one.outbox.add("1", "from one");
    other.outbox.add("1", "from the other");
    await one.take().answer({ kind: "sent" });
    expect(setUp(one.store).states()).toEqual(["from the other queued"]);
  });

  it("ignores what it cannot read in the storage", () => {
    const store = memoryStore();
    store.set("outbox:bad", "{");
    store.set("outbox:empty", "null");
    expect(setUp(store).states()).toEqual([]);
  });

  it("goes on when the storage is full", () => {
    const full = { ...memoryStore(), set: () => { throw new Error("quota"); } };
    const { outbox, states } = setUp(full);
    outbox.add("1", "a");
    expect(states()).toEqual(["a sending"]);
  });

  it("forgets a message that the stream has shown, and does not bring it back", async () => {
    const { outbox, take, states, store } = setUp();
    outbox.acknowledge(outbox.add("1", "a"));
    await take().answer({ kind: "retry" });
    expect(states()).toEqual([]);
    expect(store.keys()).toEqual([]);
  });

  it("discards what has failed, not what is on its way", async () => {
    const { outbox, take, states } = setUp();
    const id = outbox.add("1", "a");
    outbox.discard(id);
    expect(states()).toEqual(["a sending"]);
    await take().answer({ kind: "failed", code: "x", detail: "" });
    outbox.discard(id);
    expect(states()).toEqual([]);
  });
});

describe("bubbles", () => {
  it("shows one bubble per client id, whichever arrives first", () => {
    const { outbox } = setUp();
    const id = outbox.add("1", "a");
    const arrived = message(1, { client_id: id });
    expect(bubbles([], outbox.items).map(({ key }) => key)).toEqual([id]);
    expect(bubbles([arrived], outbox.items)).toEqual([{ kind: "message", key: id, message: arrived }]);
    outbox.acknowledge(id);
    expect(bubbles([arrived], outbox.items).map(({ key }) => key)).toEqual([id]);
  });
});
