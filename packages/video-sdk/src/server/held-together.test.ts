// Many requests about one job: one question to the provider serves them all, and one user holds only so many.
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { VideoError } from "../errors.ts";
import { createHttpVideoApi } from "../http/create-http-video-api.ts";
import { createRoutesWorld, GOOD, MODEL } from "./__fixtures__/routes-world.ts";
import type { VideoRoutesOptions } from "./create-video-routes.ts";
import { falProvider } from "./providers/fal-provider.ts";
import type { ProviderJobAnswer, VideoProvider } from "./providers/provider.ts";

const PENDING: ProviderJobAnswer = { kind: "pending", status: "running" };
const DONE: ProviderJobAnswer = { kind: "finished", videos: ["https://x.example/a.mp4"] };

/** A job of `u1`, whose provider answers as the test says. */
async function withJob(options: Partial<VideoRoutesOptions> = {}) {
  let reply: VideoProvider["status"] = async () => PENDING;
  const asked = vi.fn<VideoProvider["status"]>(async (...question) => await reply(...question));
  let jobs = 0;
  const submit: VideoProvider["submit"] = async () => ({ kind: "accepted", requestId: `job-${++jobs}` });
  const provider: VideoProvider = { ...falProvider({ credentials: "" }), submit, status: asked };
  const world = createRoutesWorld({ providers: [provider], ...options });
  const { requestId } = (await world.generate(GOOD)).body;
  const query = { requestId: String(requestId) };
  const hold = async (signal?: AbortSignal) =>
    await world.status({ ...query, wait: "25" }, signal === undefined ? {} : { signal });
  return { ...world, asked, query, hold, replyWith: (next: VideoProvider["status"]) => void (reply = next) };
}

/** Waits until so many requests are held: each has a timer for its end and one for its turn. */
async function areHeld(count: number, { clock, asked }: Awaited<ReturnType<typeof withJob>>) {
  // Past the sign-in, which has a timer too.
  await clock.flush();
  await vi.waitFor(() => expect([clock.pending, asked.mock.calls.length > 0]).toEqual([2 * count, true]));
}

describe("600 questions of one user about one job, asked again as soon as they are answered,", () => {
  test("cost the provider no more in 88 s than one would", async () => {
    const world = await withJob({ heldQuestionsPerUser: 500 });
    const { clock, asked, query, status, hold } = world;
    let refused = 0;
    let isOver = false;
    const askOn = async (): Promise<void> => {
      while (!isOver) if ((await status({ ...query, wait: "25" })).status === 429) return void (refused += 1);
    };
    const asking = Array.from({ length: 600 }, askOn);
    await vi.waitFor(() => expect(refused).toBe(100));
    await areHeld(500, world);
    for (let second = 0; second < 88; second += 1) {
      await clock.advance(1000);
      if (second % 25 === 0) await areHeld(500, world);
    }
    isOver = true;
    world.replyWith(async () => DONE);
    await vi.waitFor(async () => {
      await clock.advance(1000);
      expect(clock.pending).toBe(0);
    });
    await Promise.all(asking);
    expect(asked.mock.calls.length).toBeLessThan(100);
    expect(await hold()).toMatchObject({ body: { success: true } });
  });
});

describe("requests that wait for the same job", () => {
  test("are all answered by the one question that finds its end", async () => {
    const world = await withJob();
    const answers = Array.from({ length: 20 }, async () => await world.hold());
    await areHeld(20, world);
    world.replyWith(async () => DONE);
    await world.clock.advance(1000);
    for (const { body } of await Promise.all(answers)) expect(body).toMatchObject({ success: true });
    expect([world.asked.mock.calls.length, world.clock.pending]).toEqual([2, 0]);
  });

  test("end each at its own time, those that came later later", async () => {
    const world = await withJob();
    const first = vi.fn<(answer: unknown) => void>();
    const second = vi.fn<(answer: unknown) => void>();
    void world.hold().then(first);
    await areHeld(1, world);
    await world.clock.advance(10_000);
    void world.hold().then(second);
    await areHeld(2, world);
    await world.clock.advance(15_000);
    await vi.waitFor(() => expect(first).toHaveBeenCalledOnce());
    expect(second).not.toHaveBeenCalled();
    await world.clock.advance(10_000);
    await vi.waitFor(() => expect(second).toHaveBeenCalledOnce());
    for (const [answer] of [...first.mock.calls, ...second.mock.calls])
      expect(answer).toMatchObject({ status: 200, body: { queued: true } });
    expect(world.clock.pending).toBe(0);
  });

  test("lose nothing when one of them hangs up; when all do, nothing is asked any more", async () => {
    const world = await withJob();
    const callers = [new AbortController(), new AbortController()];
    const answers = callers.map(async ({ signal }) => await world.hold(signal));
    await areHeld(2, world);
    callers[0]?.abort();
    expect((await answers[0])?.status).toBe(200);
    await world.clock.advance(1000);
    expect(world.asked).toHaveBeenCalledTimes(2);
    callers[1]?.abort();
    expect((await answers[1])?.status).toBe(200);
    expect(world.clock.pending).toBe(0);
    await world.clock.advance(60_000);
    expect(world.asked).toHaveBeenCalledTimes(2);
  });

  test("abort the question under way once all have hung up, and a later one asks anew", async () => {
    const world = await withJob();
    const signals: AbortSignal[] = [];
    world.replyWith(async (_, { signal } = {}) => {
      if (signal !== undefined) signals.push(signal);
      return await new Promise((_resolve, reject) =>
        signal?.addEventListener("abort", () => reject(new Error("aborted"))),
      );
    });
    const callers = [new AbortController(), new AbortController()];
    const answers = callers.map(async ({ signal }) => await world.hold(signal));
    await world.clock.flush();
    await vi.waitFor(() => expect(world.clock.pending).toBe(4));
    callers[0]?.abort();
    expect(signals[0]?.aborted).toBe(false);
    callers[1]?.abort();
    expect(signals[0]?.aborted).toBe(true);
    await Promise.all(answers);
    world.replyWith(async () => DONE);
    expect(await world.hold()).toMatchObject({ body: { success: true } });
    expect(world.clock.pending).toBe(0);
  });

  test("of another job are asked about by themselves", async () => {
    const world = await withJob();
    const other = await withJob();
    void world.hold();
    await areHeld(1, world);
    expect(other.asked).not.toHaveBeenCalled();
  });
});

describe("plain questions at the same time about the same job", () => {
  /** Ten questions, and the answer to the one that they share once all of them wait for it. */
  async function askTogether(answer: () => Promise<ProviderJobAnswer>) {
    const world = await withJob();
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    world.replyWith(async () => await gate.then(answer));
    const verified = vi.spyOn(crypto.subtle, "verify");
    onTestFinished(() => verified.mockRestore());
    const answers = Array.from({ length: 10 }, async () => await world.status(world.query));
    // Each request id has two signatures: its own, and its user's.
    await vi.waitFor(() => expect(verified).toHaveBeenCalledTimes(20));
    await Promise.all(verified.mock.results.map(async ({ value }) => await value));
    await world.clock.flush();
    open();
    return { ...world, answers: await Promise.all(answers) };
  }

  test("share one question to the provider", async () => {
    const { answers, asked, status, query } = await askTogether(async () => PENDING);
    for (const { body } of answers) expect(body).toMatchObject({ queued: true });
    expect(asked).toHaveBeenCalledOnce();
    await status(query);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  test("share its failure too, and the next one asks anew", async () => {
    const { answers, asked, status, query, replyWith } = await askTogether(() =>
      Promise.reject(new VideoError("not-configured")),
    );
    for (const { body } of answers) expect(body.error.code).toBe("not-configured");
    expect(asked).toHaveBeenCalledOnce();
    replyWith(async () => DONE);
    expect(await status(query)).toMatchObject({ body: { success: true } });
  });
});

describe("held questions of one user", () => {
  test("are 30 at most; beyond them they are asked to come back, and another user's are not", async () => {
    const world = await withJob();
    const held = Array.from({ length: 30 }, async () => await world.hold());
    await areHeld(30, world);
    const refused = await world.hold();
    expect(refused).toMatchObject({ status: 429, body: { error: { code: "rate-limited", retryAfterMs: 5000 } } });
    expect(refused.headers.get("retry-after")).toBe("5");
    const { requestId } = (await world.generate(GOOD, { user: "u2" })).body;
    expect((await world.status({ requestId: String(requestId) }, { user: "u2" })).status).toBe(200);
    world.replyWith(async () => DONE);
    await world.clock.advance(1000);
    await Promise.all(held);
    expect((await world.hold()).status).toBe(200);
  });

  test("that are too many cost a client nothing but time: its job goes on", async () => {
    const world = await withJob({ heldQuestionsPerUser: 1 });
    const http = {
      baseUrl: "https://app.example",
      getToken: () => "u1",
      fetch: async (input: RequestInfo | URL, init?: RequestInit) =>
        await world.routes.videoStatus(new Request(input, init)),
    };
    const api = createHttpVideoApi({ http, clock: world.clock });
    const question = { job: { ...world.query, provider: "fal" }, model: MODEL } as const;
    const ask = async () => await api.status(question, { signal: new AbortController().signal });
    expect(await ask()).toMatchObject({ ok: true, value: { kind: "pending" } });
    void world.hold();
    await areHeld(1, world);
    expect(await ask()).toMatchObject({
      ok: false,
      certainty: "not-done",
      error: { code: "rate-limited", retryable: true, retryAfterMs: 5000 },
    });
    expect(await ask()).toMatchObject({ ok: true, value: { kind: "pending" } });
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("may not be limited to %s", (heldQuestionsPerUser) => {
    expect(() => createRoutesWorld({ heldQuestionsPerUser })).toThrow(
      "heldQuestionsPerUser must be a whole number above 0",
    );
  });
});

describe("when the process shuts down", () => {
  test("held questions are answered at once, none is held any more, and no timer is left", async () => {
    const closing = new AbortController();
    const world = await withJob({ closing: closing.signal });
    const held = Array.from({ length: 10 }, () => world.hold());
    await areHeld(10, world);
    closing.abort();
    for (const answer of await Promise.all(held)) {
      expect(answer).toMatchObject({ status: 200, body: { queued: true, status: "running" } });
    }
    expect(await world.hold()).toMatchObject({ status: 200, body: { queued: true } });
    expect(world.clock.pending).toBe(0);
  });

  test("a first question that is under way is cut, and its caller asked to come back", async () => {
    const closing = new AbortController();
    const world = await withJob({ closing: closing.signal });
    world.replyWith(
      async (_, { signal } = {}) =>
        await new Promise((__, reject) => signal?.addEventListener("abort", () => reject(new Error("cut")))),
    );
    const held = [world.hold(), world.hold()];
    await vi.waitFor(() => expect(world.asked).toHaveBeenCalledOnce());
    closing.abort();
    for (const answer of await Promise.all(held)) {
      expect(answer).toMatchObject({
        status: 503,
        body: { error: { code: "provider-unavailable", retryAfterMs: 1000 } },
      });
    }
    expect(world.clock.pending).toBe(0);
  });

  test("a submit goes on to its end", async () => {
    const closing = new AbortController();
    const world = await withJob({ closing: closing.signal });
    closing.abort();
    expect(await world.generate(GOOD, { key: "generation-0002" })).toMatchObject({
      status: 200,
      body: { queued: true },
    });
  });
});
