/** What every component may need: the chat, its state, the language. */

import type { Store } from "../chat/store.ts";
import type { Chat } from "../chat/chat.ts";
import type { ChatState } from "../chat/state.ts";
import type { Language, Translate } from "../i18n/catalogue.ts";
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";

export interface Shell {
  chat: Chat;
  state: ChatState;
  t: Translate;
  language: Language;
}

const ShellContext = createContext<Shell | null>(null);
export const ShellProvider = ShellContext.Provider;

export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (shell === null) throw new Error("a component was rendered outside of the shell");
  return shell;
}

export function useStore<S extends object>(store: Store<S>): S {
  const [state, setState] = useState(store.state);
  useEffect(() => {
    setState(store.state);
    return store.subscribe(() => setState(store.state));
  }, [store]);
  return state;
}
