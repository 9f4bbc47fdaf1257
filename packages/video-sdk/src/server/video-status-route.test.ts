// GET video-status: whose job it may be, what is asked of the provider, and how long a question is held.
import { describe, expect, test, vi } from "vitest";
import { VideoError } from "../errors.ts";
import type { FalScenarioName } from "../testing/providers/fal-scenarios.ts";
import { createRoutesWorld, GOOD, MODEL, type Caller } from "./__fixtures__/routes-world.ts";
import type { VideoRoutesOptions } from "./create-video-routes.ts";
import { falProvider } from "./providers/fal-provider.ts";
import type { ProviderJobAnswer, VideoProvider } from "./providers/provider.ts";

async function withJob(options: Partial<VideoRoutesOptions> = {}, scenario?: FalScenarioName) {
  const world = createRoutesWorld(options);
  if (scenario !== undefined) world.fal.playNext(scenario);
  const { requestId } = (await world.generate(GOOD)).body;
  return { ...world, query: { requestId: String(requestId), modelId: MODEL, provider: "fal" } };
}

const NOT_FOUND = { error: { code: "not-found", message: "There is no such generation.", retryable: false } };

describe("a question", () => {
  test("is answered queued, then with the videos", async () => {
    const { status, query, clock, fal } = await withJob();
    expect(await status(query)).toMatchObject({
      status: 200,
      body: { queued: true, status: "queued", canWait: true },
    });
    clock.jump(1000);
    const url = `https://v3.fal.media/files/${fal.jobs[0]?.id}.mp4`;
    const { body } = await status(query);
    expect(body).toEqual({ success: true, videos: [{ url }], modelId: MODEL, provider: "fal" });
  });

  test("needs nothing but the request id", async () => {
    const { status, query } = await withJob();
    expect(await status({ requestId: query.requestId })).toMatchObject({ status: 200, body: { queued: true } });
  });

  test("that ends in a verdict is HTTP 200 with its code, and an event with the provider's id", async () => {
    const { status, query, clock, events, fal } = await withJob({}, "content-policy-violation");
    clock.jump(1000);
    expect(await status(query)).toMatchObject({
      status: 200,
      body: { success: false, error: "The provider's content policy refused this request.", code: "content-rejected" },
    });
    const requestId = fal.jobs[0]?.id;
    expect(events.at(-1)).toMatchObject({ type: "job-failed", requestId, error: { code: "content-rejected" } });
  });

  test.each(["status-502-once", "status-reset-once"] as const)(
    "that fails once (%s) is asked again after a second",
    async (scenario) => {
      const { status, query, clock, fal, events } = await withJob({}, scenario);
      const answer = status(query);
      await vi.waitFor(() => expect(fal.calls).toHaveLength(2));
      await clock.advance(1000);
      expect(await answer).toMatchObject({ status: 200, body: { success: true } });
      expect(events.filter(({ type }) => type === "request-failed")).toEqual([]);
    },
  );

  test("that the provider does not answer is an error, and no verdict", async () => {
    const { status, query, clock, asked, times, replyWith } = await withReplies();
    replyWith(() => Promise.reject(new VideoError("provider-unavailable")));
    const answer = status(query);
    await vi.waitFor(() => expect(asked).toHaveBeenCalledOnce());
    await clock.advance(3000);
    const error = { code: "provider-unavailable", retryable: true };
    expect(await answer).toMatchObject({ status: 503, body: { error } });
    expect([times, clock.pending]).toEqual([[0, 1000, 3000], 0]);
  });

  test("that the provider refuses is asked once", async () => {
    const { status, query, clock, times, replyWith } = await withReplies();
    replyWith(() => Promise.reject(new VideoError("not-configured")));
    expect(await status(query)).toMatchObject({ status: 500, body: { error: { code: "not-configured" } } });
    expect([times, clock.pending]).toEqual([[0], 0]);
  });

  test("is not repeated for longer than 15 s: a longer Retry-After is passed on to the caller", async () => {
    const { status, query, clock, times, replyWith } = await withReplies();
    replyWith(() => Promise.reject(new VideoError("rate-limited", { retryAfterMs: 20_000 })));
    const error = { code: "rate-limited", retryAfterMs: 20_000 };
    expect(await status(query)).toMatchObject({ status: 429, body: { error } });
    expect([times, clock.pending]).toEqual([[0], 0]);
  });

  test("that is slow and then fails is answered within 15 s, retries included", async () => {
    const { status, query, clock, asked, replyWith } = await withReplies();
    const slow = { answer: (_error: VideoError): void => undefined };
    replyWith(() => new Promise((_, reject) => void (slow.answer = reject)));
    const answer = status(query);
    await vi.waitFor(() => expect(asked).toHaveBeenCalledOnce());
    await clock.advance(13_000);
    slow.answer(new VideoError("provider-unavailable"));
    await clock.advance(2000);
    expect(await answer).toMatchObject({ status: 503, body: { error: { code: "provider-unavailable" } } });
    expect([asked.mock.calls.length, clock.pending]).toEqual([2, 0]);
    expect(asked.mock.calls.at(-1)?.[1]?.signal?.aborted).toBe(true);
  });

  test("is not repeated once its caller has hung up", async () => {
    const { status, query, clock, asked, times, replyWith } = await withReplies();
    const caller = new AbortController();
    replyWith(() => Promise.reject(new VideoError("provider-unavailable")));
    const answer = status(query, { signal: caller.signal });
    await vi.waitFor(() => expect(asked).toHaveBeenCalledOnce());
    await clock.advance(500);
    caller.abort();
    expect((await answer).status).toBe(503);
    expect([times, clock.pending]).toEqual([[0], 0]);
  });

  test("goes where the registry says, whatever endpoint the caller names", async () => {
    const { fal, status, query } = await withJob();
    const asked = `GET https://queue.fal.run/fal-ai/veo3.1/requests/${fal.jobs[0]?.id}/status?logs=0`;
    for (const endpoint of ["https://evil", "https://attackerfal.run/x/y", "fal-ai/../..", "other/app"]) {
      expect(await status({ ...query, endpoint })).toMatchObject({ status: 200, body: { queued: true } });
      expect(fal.calls.at(-1)).toBe(asked);
    }
  });

  test.each([{}, { requestId: "" }, { modelId: MODEL }])("without a request id (%j) names the field", async (query) => {
    const { status, fal } = createRoutesWorld();
    const details = { issues: [{ path: "requestId" }] };
    expect(await status(query)).toMatchObject({ status: 400, body: { error: { code: "invalid-request", details } } });
    expect(fal.calls).toEqual([]);
  });

  test("takes at most 15 s, and then says nothing about the job", async () => {
    const { status, query, clock, asked, replyWith } = await withReplies();
    replyWith(async () => await new Promise<never>(() => undefined));
    const answer = status(query);
    await vi.waitFor(() => expect(asked).toHaveBeenCalledOnce());
    await clock.advance(15_000);
    expect(await answer).toMatchObject({ status: 503, body: { error: { code: "provider-unavailable" } } });
    expect([asked.mock.calls[0]?.[1]?.signal?.aborted, clock.pending]).toEqual([true, 0]);
  });
});

const PENDING: ProviderJobAnswer = { kind: "pending", status: "running" };
const DONE: ProviderJobAnswer = { kind: "finished", videos: ["https://x.example/a.mp4"] };

/** A job whose provider gives the test's answers, and the times of its questions, milliseconds. */
async function withReplies(options: Partial<VideoRoutesOptions> = {}) {
  let reply = (): Promise<ProviderJobAnswer> => Promise.resolve(PENDING);
  const asked = vi.fn<VideoProvider["status"]>(() => {
    times.push(world.clock.now() - startedAt);
    return reply();
  });
  const provider: VideoProvider = {
    ...falProvider({ credentials: "" }),
    submit: () => Promise.resolve({ kind: "accepted", requestId: "job-0001" }),
    status: asked,
  };
  const world = await withJob({ providers: [provider], ...options });
  const startedAt = world.clock.now();
  const times: number[] = [];
  return { ...world, asked, times, replyWith: (next: typeof reply) => void (reply = next) };
}

describe("a question that is held", () => {
  type World = Awaited<ReturnType<typeof withReplies>>;

  /** Asks, and comes back once the provider has been asked for the first time. The answer is wrapped so as not to be awaited. */
  async function hold({ status, query, asked, clock }: World, wait = "20", caller?: Caller) {
    const answer = status({ ...query, wait }, caller);
    await vi.waitFor(() => expect(asked).toHaveBeenCalled());
    await clock.flush();
    return { answer };
  }

  test("is answered when a question to the provider finds the end of the job", async () => {
    const world = await withReplies();
    const { answer } = await hold(world);
    await world.clock.advance(4000);
    world.replyWith(() => Promise.resolve(DONE));
    await world.clock.advance(1000);
    expect((await answer).body).toMatchObject({ success: true, videos: [{ url: "https://x.example/a.mp4" }] });
    expect([world.times, world.clock.pending]).toEqual([[0, 1000, 2000, 3000, 4000, 5000], 0]);
  });

  test("is answered pending at its end, after a question in each second", async () => {
    const world = await withReplies();
    const { answer } = await hold(world);
    await world.clock.advance(20_000);
    expect(await answer).toMatchObject({ status: 200, body: { queued: true, status: "running", canWait: true } });
    expect(world.times).toEqual(Array.from({ length: 21 }, (_, second) => 1000 * second));
    expect(world.clock.pending).toBe(0);
  });

  test.each([
    ["600", undefined, 25_000],
    ["26", undefined, 25_000],
    ["600", 60, 25_000],
    ["20", 5, 5000],
    ["3", undefined, 3000],
    ["0", undefined, 0],
    ["20", 0, 0],
    ["20", -1, 0],
  ])("for %s s, where the server allows %s, is held for %i ms", async (wait, longestWaitSeconds, heldMs) => {
    const world = await withReplies({ longestWaitSeconds });
    const { answer } = await hold(world, wait);
    await world.clock.advance(60_000);
    expect((await answer).status).toBe(200);
    expect(world.times.at(-1)).toBe(heldMs);
  });

  test.each(["", "-1", "1.5", "1e3", "abc", " 5", "0x10", "NaN", "Infinity", "1234567"])(
    "for %j is refused, and the provider is not asked",
    async (wait) => {
      const { status, query, asked } = await withReplies();
      const details = { issues: [{ path: "wait" }] };
      expect(await status({ ...query, wait })).toMatchObject({ status: 400, body: { error: { details } } });
      expect(asked).not.toHaveBeenCalled();
    },
  );

  test("does not tell of an error that passes", async () => {
    const world = await withReplies();
    world.replyWith(() => Promise.reject(new VideoError("provider-unavailable")));
    const { answer } = await hold(world);
    await world.clock.advance(2000);
    world.replyWith(() => Promise.resolve(PENDING));
    await world.clock.advance(18_000);
    expect(await answer).toMatchObject({ status: 200, body: { queued: true } });
    expect(world.events.filter(({ type }) => type === "request-failed")).toEqual([]);
  });

  test("tells of an error that lasts to its end, after questions in growing gaps", async () => {
    const world = await withReplies();
    const { answer } = await hold(world);
    world.replyWith(() => Promise.reject(new VideoError("provider-unavailable")));
    await world.clock.advance(20_000);
    expect(await answer).toMatchObject({ status: 503, body: { error: { code: "provider-unavailable" } } });
    // One layer repeats: the questions of the hold, and nothing beneath them.
    expect(world.times).toEqual([0, 1000, 2000, 3500, 5750, 9125, 14_125, 19_125, 20_000]);
  });

  test.each(["not-found", "not-configured"] as const)(
    "tells at once of %s, as asking again cannot help",
    async (code) => {
      const world = await withReplies();
      world.replyWith(() => Promise.reject(new VideoError(code)));
      const { answer } = await hold(world);
      expect((await answer).body.error.code).toBe(code);
      expect([world.times, world.clock.pending]).toEqual([[0], 0]);
    },
  );

  test("waits as long as the provider asks to be left alone", async () => {
    const world = await withReplies();
    world.replyWith(() => Promise.reject(new VideoError("rate-limited", { retryAfterMs: 8000 })));
    const { answer } = await hold(world);
    world.replyWith(() => Promise.resolve(DONE));
    await world.clock.advance(8000);
    expect((await answer).status).toBe(200);
    expect(world.times).toEqual([0, 8000]);
  });

  test("ends when its caller hangs up: nothing is asked any more, and no timer is left", async () => {
    const world = await withReplies();
    const caller = new AbortController();
    const { answer } = await hold(world, "20", { signal: caller.signal });
    await world.clock.advance(1000);
    caller.abort();
    expect((await answer).status).toBe(200);
    expect(world.clock.pending).toBe(0);
    await world.clock.advance(60_000);
    expect(world.times).toEqual([0, 1000]);
  });

  test("ends when its caller hangs up while the provider is being asked", async () => {
    const world = await withReplies();
    const caller = new AbortController();
    world.replyWith(() => {
      caller.abort();
      return Promise.resolve(PENDING);
    });
    const { answer } = await hold(world, "20", { signal: caller.signal });
    expect((await answer).status).toBe(200);
    expect([world.times, world.clock.pending]).toEqual([[0], 0]);
  });

  test("is answered with the video, also where 2,000 are held at the same time", async () => {
    const world = await withReplies({ heldQuestionsPerUser: 2000 });
    const answers = Array.from({ length: 2000 }, () => world.status({ ...world.query, wait: "20" }));
    // Each has a timer for its end and one for its turn.
    await vi.waitFor(() => expect(world.clock.pending).toBe(4000));
    expect(world.asked).toHaveBeenCalledOnce();
    world.replyWith(() => Promise.resolve(DONE));
    await world.clock.advance(1000);
    const statuses = (await Promise.all(answers)).map(({ body }) => body.success);
    expect(new Set(statuses)).toEqual(new Set([true]));
    expect(world.clock.pending).toBe(0);
  });
});

test("a refused request id looks the same whatever is wrong with it", async () => {
  const { status, query } = await withJob();
  for (const requestId of ["short", "x".repeat(5000), `${query.requestId}x`]) {
    expect(await status({ ...query, requestId })).toMatchObject({ status: 404, body: NOT_FOUND });
  }
});
