// The app's HTTP routes with the deployed shapes, as the other end of the sandbox's network. Each job has a scenario.
import { sandbox, type FakeAnswer, type FakeRequest } from "../device/sandbox.ts";

/** What becomes of the job. `done` and `failed` after 40 s; `never` goes on; `deaf`: the first three questions get no answer. */
export type Scenario = "done" | "failed" | "never" | "deaf";

/** What the routes have seen. */
export interface Routes {
  readonly requests: readonly FakeRequest[];
  /** How often a path was asked. */
  count(path: string): number;
}

const JOB_MS = 40_000;

/** Puts the routes at the other end of the network. */
export function serveFakeRoutes(scenario: Scenario): Routes {
  const requests: FakeRequest[] = [];
  const count = (path: string): number => requests.filter(({ url }) => url.includes(path)).length;
  let acceptedAt = 0;
  sandbox.answer = (request) => {
    requests.push(request);
    if (request.url.includes("/generate-video")) {
      acceptedAt = Date.now();
      return ok({ queued: true, requestId: "job-1", modelId: "vid-veo-3.1-fast", provider: "fal" });
    }
    if (request.url.includes("/cancel-video")) return ok({ canceled: "removed" });
    if (scenario === "deaf" && count("/video-status") <= 3) return "never";
    return statusOf(scenario, Date.now() - acceptedAt);
  };
  return { requests, count };
}

function statusOf(scenario: Scenario, ageMs: number): FakeAnswer {
  if (scenario === "never" || ageMs < JOB_MS) return ok({ queued: true, status: "IN_PROGRESS" });
  return scenario === "failed"
    ? ok({ success: false, error: "The job failed." })
    : ok({ success: true, videos: [{ url: "https://videos.test/1.mp4" }] });
}

function ok(body: unknown): FakeAnswer {
  return { status: 200, body };
}
