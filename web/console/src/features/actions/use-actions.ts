import { answer, type Conversation, type Priority } from "@tertulia/api-client";
import { loadConversations } from "@tertulia/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../app/api.ts";
import { notifyFailure } from "../../app/problems.ts";
import { useT } from "../../i18n/use-t.ts";
import { useLiveClient } from "../../live/hooks.ts";

export type Action =
  | { do: "assign"; user_id: number | null }
  | { do: "team"; team_id: number | null }
  | { do: "labels"; labels: string[] }
  | { do: "priority"; priority: Priority }
  | { do: "snooze"; until: string }
  | { do: "take" }
  | { do: "give_back" }
  | { do: "hand_over"; reason: string }
  | { do: "resolve" }
  | { do: "reopen" };

/** Everything that can be done to a conversation as a whole; the answer is shown at once. */
export function useActions(conversationId: number) {
  const t = useT();
  const { store } = useLiveClient();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (action: Action) => perform(conversationId, action),
    onSuccess: (conversation) => {
      store.update((state) => loadConversations(state, [conversation]));
      void queries.invalidateQueries({ queryKey: ["conversation-counts"] });
      void queries.invalidateQueries({ queryKey: ["journal", conversationId] });
    },
    onError: notifyFailure(t),
  });
}

function perform(id: number, action: Action): Promise<Conversation> {
  const params = { path: { id } };
  switch (action.do) {
    case "assign":
      return answer(api.POST("/v1/conversations/{id}/assign", { params, body: { user_id: action.user_id } }));
    case "team":
      return answer(api.POST("/v1/conversations/{id}/team", { params, body: { team_id: action.team_id } }));
    case "labels":
      return answer(api.POST("/v1/conversations/{id}/labels", { params, body: { labels: action.labels } }));
    case "priority":
      return answer(api.POST("/v1/conversations/{id}/priority", { params, body: { priority: action.priority } }));
    case "snooze":
      return answer(api.POST("/v1/conversations/{id}/snooze", { params, body: { until: action.until } }));
    case "take":
      return answer(api.POST("/v1/conversations/{id}/control/take", { params }));
    case "give_back":
      return answer(api.POST("/v1/conversations/{id}/control/give_back", { params }));
    case "hand_over":
      return answer(api.POST("/v1/conversations/{id}/control/hand_over", { params, body: action.reason ? { reason: action.reason } : {} }));
    case "resolve":
      return answer(api.POST("/v1/conversations/{id}/resolve", { params }));
    case "reopen":
      return answer(api.POST("/v1/conversations/{id}/reopen", { params }));
  }
}
