/** The one API client of the console and what to do when the session ends. */
import { createApi } from "@tertulia/api-client";

type Listener = () => void;
const signedOutListeners = new Set<Listener>();

/** Calls `listener` when the server no longer knows our session. */
export function onSignedOut(listener: Listener): () => void {
  signedOutListeners.add(listener);
  return () => void signedOutListeners.delete(listener);
}

export const api = createApi({
  baseUrl: window.location.origin,
  fetch: async (request) => {
    const response = await fetch(request);
    if (response.status === 401 && !new URL(request.url).pathname.startsWith("/v1/session")) {
      for (const listener of signedOutListeners) listener();
    }
    return response;
  },
});
