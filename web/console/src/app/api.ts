/** The one API client of the console and what to do when the session ends. */
import { createApi } from "@tertulia/api-client";

type Listener = () => void;
const signedOutListeners = new Set<Listener>();

/** Calls `listener` when the server no longer knows our session. */
export function onSignedOut(listener: Listener): () => void {
  signedOutListeners.add(listener);
  return () => void signedOutListeners.delete(listener);
}

/** A wrong password or code is a 401 too, but it does not end the session. */
const CODES_WITHOUT_SESSION = ["session_required", "token_invalid", "token_expired"];

async function endsSession(response: Response): Promise<boolean> {
  const problem = (await response.clone().json().catch(() => null)) as { code?: unknown } | null;
  return typeof problem?.code === "string" && CODES_WITHOUT_SESSION.includes(problem.code);
}

export const api = createApi({
  baseUrl: window.location.origin,
  fetch: async (request) => {
    const response = await fetch(request);
    if (response.status === 401 && (await endsSession(response))) {
      for (const listener of signedOutListeners) listener();
    }
    return response;
  },
});
