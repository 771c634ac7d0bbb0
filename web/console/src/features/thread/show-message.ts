/** Going to a message of the thread, from wherever it is mentioned. */
import { createContext, use } from "react";

export interface ShowMessage {
  show: (seq: number) => void;
  /** The message that was gone to, marked for a moment. */
  markedSeq: number | null;
}

export const ShowMessageContext = createContext<ShowMessage>({ show: () => undefined, markedSeq: null });

export const useShowMessage = () => use(ShowMessageContext);

/** The `seq` in an address that ends with `#m123`. */
export function seqOfHash(hash: string): number | null {
  const digits = /^m(\d+)$/u.exec(hash)?.[1];
  return digits === undefined ? null : Number(digits);
}
