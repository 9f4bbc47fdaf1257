import { describe, expect, test, vi } from "vitest";
import { VideoError } from "../errors.ts";
import { createEventSink } from "./event-sink.ts";
import { protectRoute, type Authenticate, type Route, type RouteContext } from "./protect-route.ts";
import { createTestClock } from "../testing/test-clock.ts";
import type { ToldEvent } from "./server-event.ts";
import { createWaitFor } from "./wait-limits.ts";

const URL_ = "https://app.example/api/mobile/generate-video";
const post = () => new Request(URL_, { method: "POST", body: "{}" });

function setUp(run: Route["run"] = async () => ({ ok: true }), context: Partial<RouteContext> = {}) {
  const events: ToldEvent[] = [];
  const spy = vi.fn<Route["run"]>(run);
  const handler = protectRoute(
    { name: "generate-video", method: "POST", limit: "submit", run: spy },
    {
      authenticate: () => ({ userId: "u1" }),
      waitFor: createWaitFor(createTestClock()),
      onEvent: (event) => void events.push(event),
      ...context,
    },
  );
  return { handler, events, run: spy };
}

describe("protectRoute", () => {
  test("hands the request and its user to the route, and answers with its JSON, uncached", async () => {
    const { handler, run, events } = setUp();
    const request = post();
    const response = await handler(request);
    expect(run).toHaveBeenCalledWith(request, { userId: "u1" }, expect.any(Function));
    expect([response.status, await response.json()]).toEqual([200, { ok: true }]);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(events).toEqual([]);
  });

  test("refuses another method before anyone is asked to sign in", async () => {
    const authenticate = vi.fn<Authenticate>(() => ({ userId: "u1" }));
    for (const method of ["GET", "PUT", "DELETE", "HEAD", "OPTIONS"]) {
      const response = await setUp(undefined, { authenticate }).handler(new Request(URL_, { method }));
      expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
    }
    expect(authenticate).not.toHaveBeenCalled();
  });

  test.each([
    ["answers null", () => null],
    ["answers an empty id", () => ({ userId: "" })],
    ["throws", () => Promise.reject(new Error("jwt expired at 12:00"))],
    ["throws at once", () => JSON.parse("{")],
  ] satisfies [string, Authenticate][])(
    "turns away a caller for whom authenticate %s, with the body unread",
    async (_, authenticate) => {
      const { handler, run } = setUp(undefined, { authenticate });
      const pull = vi.fn<(controller: ReadableStreamDefaultController) => void>((controller) => controller.close());
      const body = new ReadableStream({ pull }, { highWaterMark: 0 });
      // `duplex` is asked for by Node and not in the types.
      const init: RequestInit & { duplex: "half" } = { method: "POST", body, duplex: "half" };
      const response = await handler(new Request(URL_, init));
      expect(response.status).toBe(401);
      expect(await response.text()).not.toContain("expired");
      expect(run).not.toHaveBeenCalled();
      expect(pull).not.toHaveBeenCalled();
    },
  );

  test("answers a VideoError as the table says, with what it carries", async () => {
    const error = new VideoError("provider-rejected", { message: "No.", details: { reasons: [] }, cause: "secret" });
    const { handler, events } = setUp(() => Promise.reject(error));
    const response = await handler(post());
    expect([response.status, await response.json()]).toEqual([
      422,
      { error: { code: "provider-rejected", message: "No.", retryable: false, details: { reasons: [] } } },
    ]);
    expect(events).toEqual([{ type: "request-failed", route: "generate-video", userId: "u1", error }]);
  });

  test("a 429 says how long to wait, in whole seconds, also where the error does not", async () => {
    for (const [retryAfterMs, seconds] of [
      [1500, "2"],
      [undefined, "10"],
    ] as const) {
      const error = new VideoError("rate-limited", { retryAfterMs });
      const response = await setUp(() => Promise.reject(error)).handler(post());
      expect([response.status, response.headers.get("retry-after")]).toEqual([429, seconds]);
      expect(await response.json()).toMatchObject({ error: { retryAfterMs: retryAfterMs ?? 10_000 } });
    }
  });

  test("anything else that is thrown is internal, and its text stays here", async () => {
    const { handler, events } = setUp(() => Promise.reject(new Error("postgres://user:password@host")));
    const response = await handler(post());
    expect([response.status, await response.json()]).toEqual([
      500,
      { error: { code: "internal", message: "Something went wrong.", retryable: false } },
    ]);
    expect(events[0]).toMatchObject({ error: { cause: { message: expect.stringContaining("postgres") } } });
  });

  test("a log that throws costs nothing", async () => {
    const full = () => {
      throw new Error("disk full");
    };
    const onEvent = createEventSink(full, createTestClock());
    const { handler } = setUp(() => Promise.reject(new VideoError("timed-out")), { onEvent });
    expect((await handler(post())).status).toBe(504);
  });
});
