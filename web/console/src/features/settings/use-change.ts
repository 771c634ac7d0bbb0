import { useMutation, useQueryClient } from "@tanstack/react-query";
import { notifyFailure } from "../../app/problems.ts";
import { useT } from "../../i18n/use-t.ts";

/** A write of a settings page: afterwards what it changed is fetched again. */
export function useChange<Input, Output>(queryKey: string, change: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => void queries.invalidateQueries({ queryKey: [queryKey] }),
  });
}

/** The same for a button without a form: a failure is said at the bottom of the screen. */
export function useAction<Input, Output>(queryKey: string, change: (input: Input) => Promise<Output>) {
  const t = useT();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => void queries.invalidateQueries({ queryKey: [queryKey] }),
    onError: notifyFailure(t),
  });
}
