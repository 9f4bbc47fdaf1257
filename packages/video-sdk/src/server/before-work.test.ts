// A handler that cannot work as it was called refuses before anything is sent, and the client is certain of that.
import { afterEach, describe, expect, test, vi } from "vitest";
import { VideoError } from "../errors.ts";
import { createHttpVideoApi } from "../http/create-http-video-api.ts";
import { request as wanted } from "../http/__fixtures__/http-world.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createRoutesWorld, GOOD, KEY } from "./__fixtures__/routes-world.ts";
import type { RouteHandler } from "./protect-route.ts";

const JSON_TYPE = { authorization: "Bearer u1", "content-type": "application/json" };
const post = (init: RequestInit = {}): Request =>
  new Request("https://app.example/api", { method: "POST", headers: JSON_TYPE, body: JSON.stringify(GOOD), ...init });

/** What a client makes of the answer that a generate handler gives to this call. */
async function submitted(handler: RouteHandler, toCall: (request: Request) => unknown) {
  const fetch = async (url: string, init: object): Promise<Response> =>
    await handler((await toCall(new Request(url, init))) as Request); // wrong on purpose
  const http = { baseUrl: "https://app.example", getToken: () => "u1", fetch };
  return await createHttpVideoApi({ http, clock: createTestClock() }).submit(wanted, { key: KEY });
}

const CALLS: readonly (readonly [string, (request: Request) => unknown])[] = [
  ["nothing", () => undefined],
  ["null", () => null],
  ["a text", () => "POST /api"],
  [
    "an Express request",
    (request) => ({
      method: "POST",
      url: "/api",
      headers: { authorization: "Bearer u1" },
      body: GOOD,
      on: request.url,
    }),
  ],
  ["a context around the request", (request) => ({ request })],
  [
    "a request with a path for its URL",
    ({ method, headers }) => ({ method, headers, url: "/api/mobile/generate-video" }),
  ],
  ["a request whose body was read", async (request) => (await request.text(), request)],
  ["a request whose body is being read", (request) => (request.body?.getReader(), request)],
  ["a request of another method", (request) => new Request(request.url, { headers: JSON_TYPE })],
];

describe("a generate route that was called with", () => {
  test.each(CALLS)("%s: nothing is sent, and the client is told why", async (_, toCall) => {
    const { routes, fal, events } = createRoutesWorld();
    const result = await submitted(routes.generateVideo, toCall);
    expect(result).toMatchObject({ ok: false, certainty: "not-done", error: { retryable: false } });
    expect(result.ok ? "" : result.error.message).toMatch(/Request|body|Use POST/);
    expect(fal.jobs).toEqual([]);
    expect(events).toMatchObject([{ type: "request-failed", route: "generate-video" }]);
  });
});

describe("every other route that was called with", () => {
  test.each(CALLS.slice(0, 6))("%s answers `not-configured`", async (_, toCall) => {
    const { routes } = createRoutesWorld();
    const { generateVideo: __, check: ___, ...others } = routes;
    for (const handler of Object.values<RouteHandler>(others)) {
      const answer = await handler((await toCall(post())) as Request); // wrong on purpose
      expect([answer.status, await answer.json()]).toMatchObject([500, { error: { code: "not-configured" } }]);
    }
  });
});

describe("a submit that fails on the server before it is sent", () => {
  afterEach(() => void vi.restoreAllMocks());
  const broken = (): never => {
    throw new TypeError("secret of the server");
  };

  test.each<[string, Parameters<typeof createRoutesWorld>[0]]>([
    ["its prices", { pricing: { quoteVideo: broken } }],
    ["the signing secret", { signingSecret: broken }],
    ["the app's routing", { routing: { "vid-veo-3.1-fast": [{ provider: "fal", endpoint: "a/b", toInput: broken }] } }],
    ["the reservation", { verifyReservation: broken }],
    ["the reservation, on purpose,", { verifyReservation: () => Promise.reject(new VideoError("internal")) }],
    ["the limiter", { rateLimits: { limiter: { take: broken } } }],
  ])("because %s throws is certainly not done, is not kept under its key, and hides the text", async (_, options) => {
    const { routes, fal, events } = createRoutesWorld(options);
    const result = await submitted(routes.generateVideo, (request) => request);
    expect(result).toMatchObject({ ok: false, certainty: "not-done" });
    expect(JSON.stringify(result)).not.toContain("secret of the server");
    expect(events.at(-1)).toMatchObject({ type: "request-failed", cause: { name: expect.any(String) } });
    const again = await submitted(routes.generateVideo, (request) => request);
    expect(again).toEqual(result);
    expect(fal.jobs).toEqual([]);
  });

  test("because the runtime cannot hash what was asked for is certainly not done", async () => {
    const { routes, fal } = createRoutesWorld();
    vi.spyOn(crypto.subtle, "digest").mockRejectedValueOnce(new TypeError("secret of the server"));
    const result = await submitted(routes.generateVideo, (request) => request);
    expect(result).toMatchObject({ ok: false, certainty: "not-done", error: { code: "not-configured" } });
    expect(fal.jobs).toEqual([]);
  });

  test("because its body breaks off is certainly not done, and may be sent again", async () => {
    const { routes } = createRoutesWorld();
    const body = new ReadableStream({ pull: (controller) => controller.error(new TypeError("terminated")) });
    const init = { method: "POST", headers: JSON_TYPE, body, duplex: "half" };
    const answer = await submitted(routes.generateVideo, ({ url }) => new Request(url, init));
    expect(answer).toMatchObject({
      ok: false,
      certainty: "not-done",
      error: { code: "provider-unavailable", retryable: true },
    });
  });

  test("but an unexpected failure once it may have been sent is unknown, as before", async () => {
    const { routes, fal } = createRoutesWorld();
    fal.playNext("submit-reset-accepted");
    expect(await submitted(routes.generateVideo, (request) => request)).toMatchObject({
      ok: false,
      certainty: "unknown",
    });
  });
});
