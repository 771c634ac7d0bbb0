/** Who types, looks and is there: hints without a history, forgotten when they are not repeated. */
import type { FeedEvent, Presence, ServerFrame, Typist } from "@tertulia/core";

/** A typing mark that is not renewed ends after this time. */
export const TYPING_MS = 6_000;

type Frame = Exclude<ServerFrame<FeedEvent>, { type: "event" | "resync" | "pong" | "ready" }>;

export interface SignalState {
  readonly typing: ReadonlyMap<number, readonly Typist[]>;
  /** The conversation that each colleague looks at. */
  readonly viewing: ReadonlyMap<number, number>;
  readonly users: ReadonlyMap<number, Presence>;
  readonly contacts: ReadonlyMap<number, Presence>;
}

export class Signals {
  #state: SignalState = { typing: new Map(), viewing: new Map(), users: new Map(), contacts: new Map() };
  readonly #listeners = new Set<() => void>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  get state(): SignalState {
    return this.#state;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  receive(frame: Frame, myUserId: number): void {
    switch (frame.type) {
      case "typing":
        if (frame.who.kind === "agent" && frame.who.id === myUserId) return;
        return this.#type(frame.conversation_id, frame.who, frame.on);
      case "viewing":
        if (frame.user_id !== myUserId) this.#view(frame.user_id, frame.conversation_id);
        return;
      case "presence":
        if ("user_id" in frame) this.#set({ users: new Map(this.#state.users).set(frame.user_id, frame.state) });
        else this.#set({ contacts: new Map(this.#state.contacts).set(frame.contact_id, frame.state) });
        return;
      case "error":
        return;
    }
  }

  /** A message ends its writer's typing. */
  stopTyping(conversationId: number, kind: string): void {
    for (const who of this.#state.typing.get(conversationId) ?? []) {
      if (who.kind === kind) this.#type(conversationId, who, false);
    }
  }

  #type(conversationId: number, who: Typist, on: boolean): void {
    const timerKey = `${conversationId}:${who.kind}:${who.id}`;
    clearTimeout(this.#timers.get(timerKey));
    this.#timers.delete(timerKey);
    const others = (this.#state.typing.get(conversationId) ?? []).filter((each) => each.kind !== who.kind || each.id !== who.id);
    if (on) this.#timers.set(timerKey, setTimeout(() => this.#type(conversationId, who, false), TYPING_MS));
    this.#set({ typing: new Map(this.#state.typing).set(conversationId, on ? [...others, who] : others) });
  }

  #view(userId: number, conversationId: number | null): void {
    const viewing = new Map(this.#state.viewing);
    if (conversationId === null) viewing.delete(userId);
    else viewing.set(userId, conversationId);
    this.#set({ viewing });
  }

  #set(change: Partial<SignalState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
