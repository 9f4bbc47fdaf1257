// The HTTP video API keeps the contract of every video API: over the server's routes, whose providers are simulated.
import { resolveVideoRequest } from "@video-engine/video-models";
import ky from "ky";
import { describe, expect, test } from "vitest";
import { createHttpVideoApi } from "../../src/http/create-http-video-api.ts";
import type { Http } from "../../src/http/send.ts";
import { createRoutesWorld } from "../../src/server/__fixtures__/routes-world.ts";
import type { LostCall } from "../../src/testing/contracts/contract-case.ts";
import type { VideoApiUnderTest } from "../../src/testing/contracts/video-api-checks.ts";
import { videoApiContract } from "../../src/testing/contracts/video-api-contract.ts";

const BASE_URL = "https://app.example";
const PATHS = { submit: "api/generate", status: "api/status", cancel: "api/cancel" };

type World = ReturnType<typeof createRoutesWorld>;

/** A fetch that reaches the routes in this process, can lose a call, and reports when one has arrived. */
function createRoutesFetch({ routes }: World) {
  const handlers = new Map([
    [`/${PATHS.submit}`, routes.generateVideo],
    [`/${PATHS.status}`, routes.videoStatus],
    [`/${PATHS.cancel}`, routes.cancelVideo],
  ]);
  let fault: LostCall | undefined;
  let listener = (): void => undefined;
  const routesFetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const [lost, tell] = [fault, listener];
    [fault, listener] = [undefined, () => undefined];
    if (lost === "request-lost") throw new TypeError("fetch failed");
    const handle = handlers.get(new URL(request.url).pathname);
    if (handle === undefined) throw new Error(`There is no route at ${request.url}.`);
    const response = await handle(request);
    tell();
    if (lost === "answer-lost") throw new TypeError("fetch failed");
    return response;
  };
  return {
    routesFetch,
    loseNext: (next: LostCall) => void (fault = next),
    onNextArrival: (next: () => void) => void (listener = next),
  };
}

/** The provider that serves the request, and how a job of it fails. */
const PROVIDERS = {
  fal: {
    request: { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 },
    jobsOf: ({ fal }: World) => fal.jobs,
    failNextJob: ({ fal }: World) => fal.playNext("content-policy-violation"),
  },
  kie: {
    request: { model: "kie-wan-2.5", prompt: "a corgi surfing", duration: 5 },
    jobsOf: ({ kie }: World) => kie.tasks,
    failNextJob: ({ kie }: World) => kie.playNext("fails"),
  },
} as const;

/** The ways in which an app hands over its HTTP client. */
const CLIENTS: Readonly<Record<string, (routesFetch: typeof fetch) => Http>> = {
  "an address": (routesFetch) => ({ baseUrl: BASE_URL, getToken: () => "u1", fetch: routesFetch }),
  "a ky instance": (routesFetch) =>
    ky.create({ prefix: BASE_URL, fetch: routesFetch, headers: { authorization: "Bearer u1" } }),
};

function open(provider: keyof typeof PROVIDERS, httpOver: (routesFetch: typeof fetch) => Http): VideoApiUnderTest {
  // No question is held: nothing moves the simulated time while one is under way.
  const world = createRoutesWorld({ longestWaitSeconds: 0 });
  const { routesFetch, loseNext, onNextArrival } = createRoutesFetch(world);
  const { jobsOf, failNextJob } = PROVIDERS[provider];
  return {
    api: createHttpVideoApi({
      http: httpOver(routesFetch),
      clock: world.clock,
      routes: { ...PATHS, isSubmitRepeatable: true },
    }),
    countJobs: () => jobsOf(world).length,
    failNextJob: () => failNextJob(world),
    finishJobs: () => world.clock.advance(60_000),
    failNext: (_, fault) => loseNext(fault),
    onNextArrival,
  };
}

const CASES = Object.entries(CLIENTS).flatMap(([name, httpOver]) =>
  (["fal", "kie"] as const).map((provider) => ({ provider, name, httpOver })),
);

describe.each(CASES)("the routes over $provider, by $name", ({ provider, httpOver }) => {
  const cases = videoApiContract({
    open: () => open(provider, httpOver),
    isSubmitRepeatable: true,
    request: resolveVideoRequest(PROVIDERS[provider].request).request,
    faults: ["request-lost", "answer-lost"],
    seesArrivals: true,
  });
  test.each(cases)("$name", async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
