/** Which key sends: Enter, or Ctrl-Enter for those who write long answers. Kept in this browser. */
const STORED_AS = "tertulia:send-key";

export type SendKey = "enter" | "ctrl-enter";

export function storedSendKey(): SendKey {
  return localStorage.getItem(STORED_AS) === "ctrl-enter" ? "ctrl-enter" : "enter";
}

export function storeSendKey(key: SendKey): void {
  localStorage.setItem(STORED_AS, key);
}

interface Keys {
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
}

export function sendsOnEnter({ shiftKey, ctrlKey, metaKey }: Keys, key: SendKey = storedSendKey()): boolean {
  if (ctrlKey || metaKey) return true;
  return key === "enter" && !shiftKey;
}
