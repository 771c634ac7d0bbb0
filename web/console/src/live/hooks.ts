import { unreadCountOf, type State, type Typist } from "@tertulia/core";
import { createContext, use, useSyncExternalStore } from "react";
import type { LiveClient } from "./client.ts";
import type { SignalState } from "./signals.ts";

export const LiveContext = createContext<LiveClient | null>(null);

export function useLiveClient(): LiveClient {
  const client = use(LiveContext);
  if (!client) throw new Error("useLiveClient needs a LiveProvider above it");
  return client;
}

/** A part of the live state. `select` must give the same value for the same state. */
export function useLive<Part>(select: (state: State) => Part): Part {
  const { store } = useLiveClient();
  return useSyncExternalStore(store.subscribe, () => select(store.state));
}

export function useSignals<Part>(select: (state: SignalState) => Part): Part {
  const { signals } = useLiveClient();
  return useSyncExternalStore(signals.subscribe, () => select(signals.state));
}

export function useConversation(id: number) {
  return useLive((state) => state.conversations.get(id));
}

export function useTimeline(conversationId: number) {
  return useLive((state) => state.timelines.get(conversationId));
}

export function useUnreadCount(conversationId: number): number {
  return useLive((state) => unreadCountOf(state, conversationId));
}

export function useOutbox() {
  const { outbox } = useLiveClient();
  return useSyncExternalStore(
    (listener) => outbox.subscribe(listener),
    () => outbox.items,
  );
}

export function useStreamState() {
  const client = useLiveClient();
  return useSyncExternalStore(client.subscribeToState, () => client.streamState);
}

const NOBODY: readonly Typist[] = [];

export function useTypists(conversationId: number): readonly Typist[] {
  return useSignals((state) => state.typing.get(conversationId) ?? NOBODY);
}

