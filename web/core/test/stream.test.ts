import { describe, expect, it } from "vitest";
import { type Socket, Stream, STREAM_ANSWER_MS, STREAM_IDLE_MS, type StreamEnd, type StreamState } from "../src/index.ts";
import { ManualClock } from "./samples.ts";

class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: unknown[] = [];
  closed = false;

  send(data: string): void {
    this.sent.push(JSON.parse(data));
  }

  close(): void {
    this.closed = true;
  }

  says(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

function setUp() {
  const clock = new ManualClock();
  const sockets: FakeSocket[] = [];
  const events: string[] = [];
  const states: (StreamState | StreamEnd)[] = [];
  const page = { online: true, wake: () => undefined as void, resyncs: 0 };
  const stream = new Stream<{ cursor: string }>({
    clock,
    connect: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    subscribe: (cursor) => ({ type: "subscribe", cursor }),
    onEvent: ({ cursor }) => events.push(cursor),
    onResync: () => void (page.resyncs += 1),
    onState: (state, end) => states.push(end ?? state),
    surroundings: {
      isOnline: () => page.online,
      onWake: (wake) => {
        page.wake = wake;
        return () => {
          page.wake = () => undefined;
        };
      },
    },
  });
  const last = () => sockets.at(-1) as FakeSocket;
  const goLive = () => {
    last().onopen?.();
    last().says({ type: "ready", cursor: "c0", topics: [] });
  };
  return { clock, events, goLive, last, page, sockets, states, stream };
}

const eventFrame = (cursor: string) => ({ type: "event", event: { cursor } });

describe("Stream", () => {
  it("subscribes from the cursor it was given and from the last one seen", () => {
    const { clock, last, stream, goLive, events } = setUp();
    stream.start("c0");
    goLive();
    expect(last().sent).toEqual([{ type: "subscribe", cursor: "c0" }]);
    last().says(eventFrame("c1"));
    last().says(eventFrame("c2"));
    last().onclose?.({ code: 1006 });
    clock.advance(30_000);
    last().onopen?.();
    expect(last().sent).toEqual([{ type: "subscribe", cursor: "c2" }]);
    expect(events).toEqual(["c1", "c2"]);
  });

  it("does not move the cursor past an event that could not be handled", () => {
    const stream = new Stream<{ cursor: string }>({
      clock: new ManualClock(),
      connect: () => socket,
      subscribe: () => ({}),
      onEvent: () => {
        throw new Error("cannot");
      },
      onResync: () => undefined,
      surroundings: { isOnline: () => true, onWake: () => () => undefined },
    });
    const socket = new FakeSocket();
    stream.start("c0");
    expect(() => socket.says(eventFrame("c1"))).toThrow("cannot");
    expect(stream.cursor).toBe("c0");
  });

  it("waits longer after each failure, with a cap, and starts afresh after success", () => {
    const { clock, last, sockets, stream, goLive } = setUp();
    clock.chance = 0;
    stream.start(null);
    const waits: number[] = [];
    for (let failure = 0; failure < 9; failure += 1) {
      last().onclose?.({ code: 1006 });
      const before = sockets.length;
      let waited_ms = 0;
      while (sockets.length === before) {
        clock.advance(50);
        waited_ms += 50;
      }
      waits.push(waited_ms);
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
    goLive();
    last().onclose?.({ code: 1006 });
    const before = sockets.length;
    clock.advance(250);
    expect(sockets).toHaveLength(before + 1);
  });

  it("spreads clients out by chance", () => {
    const { clock, last, sockets, stream } = setUp();
    clock.chance = 0.999;
    stream.start(null);
    last().onclose?.({ code: 1006 });
    clock.advance(450);
    expect(sockets).toHaveLength(1);
    clock.advance(50);
    expect(sockets).toHaveLength(2);
  });

  it("gives up a connection that stays silent after a ping", () => {
    const { clock, last, sockets, states, stream, goLive } = setUp();
    stream.start(null);
    goLive();
    const first = last();
    clock.advance(STREAM_IDLE_MS);
    expect(first.sent.at(-1)).toEqual({ type: "ping" });
    clock.advance(STREAM_ANSWER_MS);
    expect(first.closed).toBe(true);
    expect(states.at(-1)).toBe("waiting");
    clock.advance(500);
    expect(sockets).toHaveLength(2);
  });

  it("keeps a connection that answers", () => {
    const { clock, last, sockets, stream, goLive } = setUp();
    stream.start(null);
    goLive();
    for (let time = 0; time < 20; time += 1) {
      clock.advance(STREAM_IDLE_MS);
      last().says({ type: "pong" });
    }
    expect(sockets).toHaveLength(1);
  });

  it("gives up a connection that never becomes ready", () => {
    const { clock, sockets, stream } = setUp();
    stream.start(null);
    clock.advance(STREAM_ANSWER_MS + 500);
    expect(sockets).toHaveLength(2);
  });

  it("hears nothing from a connection that it has given up", () => {
    const { clock, events, last, stream, goLive } = setUp();
    stream.start(null);
    goLive();
    const first = last();
    clock.advance(STREAM_IDLE_MS + STREAM_ANSWER_MS);
    first.says(eventFrame("late"));
    first.onclose?.({ code: 1006 });
    expect(events).toEqual([]);
    expect(stream.cursor).toBe("c0");
  });

  it("reloads and goes on from the new cursor when the gap is too long", () => {
    const { last, page, stream } = setUp();
    stream.start("old");
    last().onopen?.();
    last().says({ type: "resync", cursor: "new" });
    expect([page.resyncs, stream.cursor]).toEqual([1, "new"]);
  });

  it("comes back at once when the network does", () => {
    const { last, page, sockets, stream, goLive } = setUp();
    stream.start(null);
    goLive();
    page.online = false;
    last().onclose?.({ code: 1006 });
    page.wake();
    expect(sockets).toHaveLength(1);
    page.online = true;
    page.wake();
    expect(sockets).toHaveLength(2);
  });

  it("doubts a live connection when the page wakes up", () => {
    const { last, page, stream, goLive } = setUp();
    stream.start(null);
    goLive();
    page.wake();
    expect(last().sent.at(-1)).toEqual({ type: "ping" });
  });

  it.each([
    [4401, "signed_out"],
    [4403, "origin_refused"],
  ])("stops for good on %i", (code, end) => {
    const { clock, last, page, sockets, states, stream, goLive } = setUp();
    stream.start(null);
    goLive();
    last().onclose?.({ code });
    clock.advance(600_000);
    page.wake();
    expect(sockets).toHaveLength(1);
    expect(states.at(-1)).toBe(end);
  });

  it("resumes when it was too slow", () => {
    const { clock, last, sockets, stream, goLive } = setUp();
    stream.start(null);
    goLive();
    last().onclose?.({ code: 4408 });
    clock.advance(500);
    expect(sockets).toHaveLength(2);
  });

  it("leaves nothing behind when stopped", () => {
    const { clock, last, stream, goLive } = setUp();
    stream.start(null);
    goLive();
    stream.stop();
    expect([last().closed, clock.pending]).toEqual([true, 0]);
  });

  it("ignores frames that are not JSON objects with a type", () => {
    const { events, last, stream, goLive } = setUp();
    stream.start(null);
    goLive();
    for (const data of ["{", "null", "[]", '"x"', '{"type":5}']) last().onmessage?.({ data });
    last().onmessage?.({ data: new ArrayBuffer(1) });
    expect(events).toEqual([]);
    expect(stream.state).toBe("live");
  });
});
