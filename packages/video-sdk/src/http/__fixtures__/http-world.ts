// The routes as a VideoApi over a scripted fetch and simulated time.
import { resolveVideoRequest, type ResolvedVideoRequest } from "@video-engine/video-models";
import { vi } from "vitest";
import { createTestClock } from "../../testing/test-clock.ts";
import { createHttpVideoApi } from "../create-http-video-api.ts";
import type { RouteMap } from "../route-map.ts";
import type { HttpAddress } from "../send.ts";
import { scriptFetch, type ScriptedAnswer } from "./script-fetch.ts";

/** The request that is sent unless a test says otherwise. */
export const { request } = resolveVideoRequest({
  model: "vid-veo-3.1-fast",
  prompt: "a corgi surfing",
  duration: 8,
});

/** The job that is asked about. */
export const question = { job: { requestId: "job-1", provider: "fal" }, model: request.model } as const;

/** The options of an app that has a cancel route. */
export const withCancel = { cancel: "api/mobile/cancel-video" };

/** Routes that give these answers in order, and the three methods with their arguments filled in. */
export function openHttp(answers: readonly ScriptedAnswer[], routes: RouteMap = {}, maxHeldQuestions?: number) {
  const scripted = scriptFetch(...answers);
  const clock = createTestClock();
  const getToken = vi.fn<HttpAddress["getToken"]>(() => "token");
  const http = { baseUrl: "https://app.test", getToken, fetch: scripted.fetch };
  const api = createHttpVideoApi({ http, clock, routes, maxHeldQuestions });
  const { signal } = new AbortController();
  return {
    ...scripted,
    api,
    clock,
    getToken,
    submit: (wanted: ResolvedVideoRequest = request) => api.submit(wanted, { key: "key-1" }),
    status: () => api.status(question, { signal }),
    cancel: () => api.cancel(question),
  };
}
