import type { Me } from "@tertulia/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { matchLocale } from "../../i18n/catalogue.ts";
import { useLanguage } from "../../i18n/use-t.ts";
import { isOwnPath } from "./own-path.ts";
import { sessionQuery } from "./queries.ts";

/** What every way of signing in ends with. */
export function useSignedIn(): (me: Me, next?: string) => void {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { setLocale } = useLanguage();
  return (me, next) => {
    queries.clear();
    queries.setQueryData(sessionQuery.queryKey, me);
    setLocale(matchLocale([me.user.locale, ...navigator.languages]));
    void navigate({ to: isOwnPath(next) ? next : "/conversations", replace: true });
  };
}
