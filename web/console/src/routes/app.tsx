import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { createRoute, redirect, useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect } from "react";
import { onSignedOut } from "../app/api.ts";
import { sessionQuery, setupQuery } from "../features/session/queries.ts";
import { MeContext } from "../features/session/use-me.ts";
import { Frame } from "../features/shell/frame.tsx";
import { LiveProvider } from "../live/provider.tsx";
import { rootRoute } from "./root.tsx";

/** Everything that needs somebody signed in. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "app",
  beforeLoad: async ({ context, location }) => {
    if (await context.queries.ensureQueryData(sessionQuery)) return;
    if ((await context.queries.fetchQuery(setupQuery)).needed) throw redirect({ to: "/setup", search: { token: "" } });
    throw redirect({ to: "/sign-in", search: { next: location.href } });
  },
  component: SignedIn,
});

function SignedIn() {
  const { data: me } = useSuspenseQuery(sessionQuery);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const signedOut = useCallback(() => {
    if (queries.getQueryData(sessionQuery.queryKey) === null) return;
    const next = window.location.pathname + window.location.search;
    queries.clear();
    queries.setQueryData(sessionQuery.queryKey, null);
    void navigate({ to: "/sign-in", search: { next } });
  }, [queries, navigate]);
  useEffect(() => onSignedOut(signedOut), [signedOut]);

  if (!me) return null;
  return (
    <MeContext value={me}>
      <LiveProvider key={`${me.account.id}:${me.user.id}`} me={me} onSignedOut={signedOut}>
        <Frame />
      </LiveProvider>
    </MeContext>
  );
}
