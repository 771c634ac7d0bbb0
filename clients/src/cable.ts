/** The ActionCable client of Rails in Node: it wants a browser's WebSocket and three globals. */

import { createRequire } from "node:module";
import type { Consumer, Subscription } from "@rails/actioncable";
import WebSocket from "ws";
import type { House, Json } from "./house.ts";
import { until } from "./wait.ts";

const ActionCable = createRequire(import.meta.url)("@rails/actioncable") as typeof import("@rails/actioncable");
Object.assign(ActionCable.adapters, { WebSocket });
Object.assign(globalThis, { addEventListener: () => {}, removeEventListener: () => {} });
Object.assign(globalThis, { document: { visibilityState: "visible" } });

interface Heard {
  event: string;
  data: Json;
}

/** One subscription with everything that it heard. */
export class Listener {
  readonly heard: Heard[] = [];
  connections = 0;
  isRejected = false;
  isDisconnected = false;
  readonly #consumer: Consumer;
  readonly #subscription: Subscription;

  constructor(house: House, identifier: Record<string, unknown>) {
    this.#consumer = ActionCable.createConsumer(`${house.origin.replace(/^http/, "ws")}/cable`);
    const listener = this;
    this.#subscription = this.#consumer.subscriptions.create(
      { channel: "RoomChannel", ...identifier },
      {
        connected() {
          listener.connections += 1;
          listener.isDisconnected = false;
        },
        disconnected() {
          listener.isDisconnected = true;
        },
        rejected() {
          listener.isRejected = true;
        },
        received(message: Heard) {
          listener.heard.push(message);
        },
      },
    );
  }

  async untilConnected(times = 1): Promise<void> {
    await until(`connection ${times}`, async () => this.connections >= times);
  }

  /** The data of the first event with this name for which the condition holds. */
  async event(name: string, holds: (data: Json) => boolean = () => true): Promise<Json> {
    const found = await until(`the event ${name} in ${this.heard.map(({ event }) => event).join(", ")}`, async () =>
      this.heard.find(({ event, data }) => event === name && holds(data)),
    );
    return found.data;
  }

  sayPresent(): void {
    this.#subscription.perform("update_presence");
  }

  close(): void {
    this.#consumer.disconnect();
  }
}
