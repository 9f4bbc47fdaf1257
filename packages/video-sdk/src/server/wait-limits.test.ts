// Everything that a request waits for has a deadline, and nothing has been paid for when it is over.
import { afterEach, describe, expect, test, vi } from "vitest";
import { createRoutesWorld, GOOD, KEY, MODEL } from "./__fixtures__/routes-world.ts";
import type { VideoRoutesOptions } from "./create-video-routes.ts";
import { createMemoryIdempotencyStore } from "./idempotency/memory-idempotency-store.ts";
import type { RouteHandler } from "./protect-route.ts";
import { createTestClock, type TestClock } from "../testing/test-clock.ts";

/** Whatever an app brings, as it hangs. */
const never = vi.fn<() => Promise<never>>(() => new Promise(() => undefined));
afterEach(() => never.mockClear());

const URL_ = `https://app.example/api?provider=fal&modelId=${MODEL}`;
const headers = { authorization: "Bearer u1", "idempotency-key": KEY };

/** A body that begins and never ends. */
function endless(): RequestInit & { duplex: "half" } {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode('{"model":"')),
    cancel: never,
  });
  // `duplex` is asked for by Node and not in the types.
  return { method: "POST", headers, body, duplex: "half" };
}

/** The answer of a handler that waits for something for so long. Hashing and the like take real turns of the event loop before. */
async function after(ms: number, answering: Promise<Response>, clock: TestClock, isWaiting = isHanging) {
  const answered = vi.fn<(response: Response) => void>();
  void answering.then(answered);
  await vi.waitFor(() => expect([clock.nextDelayMs, isWaiting()]).toEqual([ms, true]));
  await clock.advance(ms - 1);
  const isEarly = answered.mock.calls.length > 0;
  await clock.advance(1);
  const response = await answering;
  return { isEarly, status: response.status, body: await response.json() };
}

const isHanging = (): boolean => never.mock.calls.length > 0;

const LATE = { isEarly: false, status: 503, body: { error: { code: "provider-unavailable", retryable: true } } };
const storage = { presign: async () => ({ uploadUrl: "https://s3.example/a", publicUrl: "https://cdn.example/a" }) };
const webhooks = { onJobEnded: () => undefined };
const firstFrames = { allowedHosts: ["cdn.example"], extract: async () => "https://cdn.example/a.png" };

describe("a body that never ends is given up after 30 s:", () => {
  test.each(["generateVideo", "cancelVideo", "presignUpload", "extractFirstFrame", "webhook"] as const)(
    "%s",
    async (route) => {
      const { routes, clock, fal } = createRoutesWorld({ uploads: { storage }, webhooks, firstFrames });
      const handler: RouteHandler = routes[route];
      expect(await after(30_000, handler(new Request(URL_, endless())), clock, () => true)).toMatchObject(LATE);
      expect(fal.calls).toEqual([]);
      expect(clock.pending).toBe(0);
    },
  );

  test("or after what the app says", async () => {
    const { routes, clock } = createRoutesWorld({ waitLimits: { bodyMs: 500 } });
    expect(await after(500, routes.generateVideo(new Request(URL_, endless())), clock, () => true)).toMatchObject(LATE);
  });
});

describe("before the paid call, the longest that is waited for is", () => {
  const store = (broken: object) => ({
    idempotency: { ...createMemoryIdempotencyStore(createTestClock()), ...broken },
  });

  test.each([
    [10_000, "authenticate", { authenticate: never }],
    [3000, "the limiter", { rateLimits: { limiter: { take: never } } }],
    [10_000, "verifyReservation", { verifyReservation: never }],
    [3000, "the store", store({ begin: never })],
    [500, "a store whose app says so", { ...store({ begin: never }), waitLimits: { storeMs: 500 } }],
  ] satisfies [number, string, Partial<VideoRoutesOptions>][])("%i ms for %s", async (ms, _, options) => {
    const { routes, clock, fal } = createRoutesWorld(options);
    const request = new Request(URL_, { method: "POST", headers, body: JSON.stringify(GOOD) });
    expect(await after(ms, routes.generateVideo(request), clock)).toMatchObject(LATE);
    expect([fal.calls, clock.pending]).toEqual([[], 0]);
  });

  test("10 000 ms for a storage", async () => {
    const { routes, clock } = createRoutesWorld({ uploads: { storage: { presign: never } } });
    const request = new Request(URL_, { method: "POST", headers, body: '{"contentType":"image/png"}' });
    expect(await after(10_000, routes.presignUpload(request), clock)).toMatchObject(LATE);
  });

  test("a record that a slow store keeps too late does not stand for a submit that was never run", async () => {
    const clock = createTestClock();
    const memory = createMemoryIdempotencyStore(clock);
    const begin: typeof memory.begin = async (...record) => {
      void never();
      await new Promise<void>((resolve) => void clock.setTimeout(resolve, 4000));
      return await memory.begin(...record);
    };
    const { routes, generate } = createRoutesWorld({ clock, idempotency: { ...memory, begin } });
    const request = new Request(URL_, { method: "POST", headers, body: JSON.stringify(GOOD) });
    expect(await after(3000, routes.generateVideo(request), clock)).toMatchObject(LATE);
    await clock.advance(1000);
    await vi.waitFor(async () =>
      expect(
        await memory.begin(JSON.stringify(["u1", KEY]), { runId: "r", fingerprint: "", seenAt: 0 }, 1),
      ).toBeUndefined(),
    );
    expect(generate).toBeDefined();
  });
});

test("after the paid call, a store that hangs does not take the answer from the user, and the key stays taken", async () => {
  const clock = createTestClock();
  const idempotency = { ...createMemoryIdempotencyStore(clock), update: never };
  const { routes, fal, events, generate } = createRoutesWorld({ clock, idempotency });
  const request = new Request(URL_, { method: "POST", headers, body: JSON.stringify(GOOD) });
  const answering = routes.generateVideo(request);
  await vi.waitFor(() => expect(events).toContainEqual(expect.objectContaining({ type: "job-accepted" })));
  expect(await after(3000, answering, clock)).toMatchObject({ isEarly: false, status: 200, body: { queued: true } });
  expect(events).toContainEqual(expect.objectContaining({ type: "answer-not-kept" }));
  expect((await generate(GOOD, { key: KEY })).status).toBe(409);
  expect(fal.jobs).toHaveLength(1);
});

test("a copy that never ends leaves the user the provider's URL after 30 s", async () => {
  const { routes, clock, generate, events } = createRoutesWorld({ rehost: never });
  const { requestId } = (await generate(GOOD)).body;
  clock.jump(60_000);
  const request = new Request(`https://app.example/?requestId=${String(requestId)}`, { headers });
  const answer = await after(30_000, routes.videoStatus(request), clock);
  expect(answer).toMatchObject({ isEarly: false, status: 200, body: { success: true, videos: [expect.anything()] } });
  expect(events).toContainEqual(expect.objectContaining({ type: "rehost-failed" }));
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])(
  "a limit of %s ms is refused when the routes are built",
  (ms) => {
    for (const name of ["bodyMs", "checkMs", "workMs"]) {
      expect(() => createRoutesWorld({ waitLimits: { [name]: ms } })).toThrow(`waitLimits.${name} must be`);
    }
  },
);
