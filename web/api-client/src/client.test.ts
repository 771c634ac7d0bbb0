import { describe, expect, it } from "vitest";
import { ApiError, answer, createApi } from "./client.ts";

function apiThatAnswers(status: number, body: string, type = "application/json") {
  const requests: Request[] = [];
  const api = createApi({
    baseUrl: "http://localhost",
    fetch: async (request) => {
      requests.push(request);
      return new Response(status === 204 ? null : body, { status, headers: { "content-type": type } });
    },
  });
  return { api, requests };
}

describe("answer", () => {
  it("gives the data of a good answer", async () => {
    const { api, requests } = apiThatAnswers(200, '{"mine":1,"unassigned":2,"pending":0,"all":3}');
    expect(await answer(api.GET("/v1/conversations/counts"))).toEqual({ mine: 1, unassigned: 2, pending: 0, all: 3 });
    expect(requests[0]?.url).toBe("http://localhost/v1/conversations/counts");
  });

  it("throws the problem of a failed answer with its code and pointer", async () => {
    const problem = { type: "about:blank", title: "Invalid", status: 422, code: "too_long", detail: "At most 100.", pointer: "/name" };
    const { api } = apiThatAnswers(422, JSON.stringify(problem), "application/problem+json");
    const failure = await answer(api.PATCH("/v1/profile", { body: { name: "x" } })).catch((e: unknown) => e);
    expect(failure).toBeInstanceOf(ApiError);
    expect((failure as ApiError).problem).toEqual(problem);
  });

  it("makes a problem of an answer that is not one", async () => {
    const { api } = apiThatAnswers(502, "<html>", "text/html");
    const failure = await answer(api.GET("/v1/session")).catch((e: unknown) => e);
    expect((failure as ApiError).status).toBe(502);
    expect((failure as ApiError).code).toBe("internal");
  });

  it("says that the server could not be reached", async () => {
    const api = createApi({ baseUrl: "http://localhost", fetch: () => Promise.reject(new TypeError("failed")) });
    const failure = await answer(api.GET("/v1/session")).catch((e: unknown) => e);
    expect((failure as ApiError).code).toBe("offline");
  });

  it("gives nothing for 204", async () => {
    const { api } = apiThatAnswers(204, "");
    expect(await answer(api.DELETE("/v1/session"))).toBeUndefined();
  });
});
