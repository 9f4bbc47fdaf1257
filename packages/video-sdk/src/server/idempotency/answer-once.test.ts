// A submit with a key is done once: a repeat is answered, asked to wait or refused, and never done.
import { describe, expect, test, vi } from "vitest";
import { VIDEO_ERRORS, VideoError, isVideoErrorCode } from "../../errors.ts";
import { createTestClock } from "../../testing/test-clock.ts";
import { createAskStore } from "../ask-store.ts";
import type { ToldEvent } from "../server-event.ts";
import { createWaitFor } from "../wait-limits.ts";
import { createAnswerOnce, LOST_AFTER_MS } from "./answer-once.ts";
import type { IdempotencyStore } from "./idempotency-store.ts";
import { createMemoryIdempotencyStore } from "./memory-idempotency-store.ts";
import { ANSWER_TTL_MS } from "./stored-run.ts";

const SUBMIT = { key: "key-0001", userId: "u1", request: { prompt: "a corgi" } };
const ANSWER = { queued: true, requestId: "v1.a.b" };

function setUp(broken: Partial<IdempotencyStore> = {}) {
  const clock = createTestClock();
  const events: ToldEvent[] = [];
  const store = { ...createMemoryIdempotencyStore(clock), ...broken };
  const onEvent = (event: ToldEvent): void => void events.push(event);
  const askStore = createAskStore({ waitFor: createWaitFor(clock), onEvent });
  const once = createAnswerOnce({ store, clock, askStore, onEvent });
  const work = vi.fn<() => Promise<object>>(() => Promise.resolve(ANSWER));
  return { clock, events, once, work };
}

const down = () => Promise.reject(new Error("redis://user:password@host is down"));

describe("the same submit again", () => {
  test("gets the first answer, and the log knows", async () => {
    const { once, work, events } = setUp();
    expect(await once(SUBMIT, work)).toEqual(ANSWER);
    expect(await once({ ...SUBMIT, request: { ...SUBMIT.request } }, work)).toEqual(ANSWER);
    expect(work).toHaveBeenCalledOnce();
    expect(events).toEqual([{ type: "submit-repeated", userId: "u1", key: SUBMIT.key }]);
  });

  test("for another request is refused", async () => {
    const { once, work } = setUp();
    await once(SUBMIT, work);
    const other = once({ ...SUBMIT, request: { prompt: "a cat" } }, work);
    await expect(other).rejects.toMatchObject({ code: "key-reused" });
    expect(work).toHaveBeenCalledOnce();
  });

  test.each([
    ["by another user", { userId: "u2" }],
    ["with another key", { key: "key-0002" }],
    ["by a user and with a key that join to the same text", { userId: "u", key: "1key-0001" }],
  ])("%s is another submit", async (_, other) => {
    const { once, work } = setUp();
    await once(SUBMIT, work);
    await once({ ...SUBMIT, ...other }, work);
    expect(work).toHaveBeenCalledTimes(2);
  });

  test("without a key is done each time", async () => {
    const { once, work } = setUp();
    const keyless = { ...SUBMIT, key: undefined };
    await Promise.all([once(keyless, work), once(keyless, work)]);
    expect(work).toHaveBeenCalledTimes(2);
  });

  test("a day later is a new one", async () => {
    const { once, work, clock } = setUp();
    await once(SUBMIT, work);
    clock.jump(ANSWER_TTL_MS - 1);
    await once(SUBMIT, work);
    expect(work).toHaveBeenCalledOnce();
    clock.jump(1);
    await once(SUBMIT, work);
    expect(work).toHaveBeenCalledTimes(2);
  });

  test("while the first is under way is asked to come back, even for another request", async () => {
    const { once, work } = setUp();
    let finish: (answer: object) => void = () => undefined;
    work.mockImplementationOnce(() => new Promise((resolve) => (finish = resolve)));
    const first = once(SUBMIT, work);
    await vi.waitFor(() => expect(work).toHaveBeenCalledOnce());
    await expect(once(SUBMIT, work)).rejects.toMatchObject({ code: "already-running", retryAfterMs: 5000 });
    await expect(once({ ...SUBMIT, request: {} }, work)).rejects.toMatchObject({ code: "key-reused" });
    finish(ANSWER);
    expect(await first).toEqual(ANSWER);
    expect(await once(SUBMIT, work)).toEqual(ANSWER);
    expect(work).toHaveBeenCalledOnce();
  });

  test("after the first has died without an answer is not done: a job may exist", async () => {
    const { once, work, clock } = setUp();
    work.mockImplementationOnce(() => new Promise(() => undefined));
    void once(SUBMIT, work);
    await vi.waitFor(() => expect(work).toHaveBeenCalledOnce());
    // A process that is killed runs no timer.
    clock.jump(LOST_AFTER_MS - 1200);
    await expect(once(SUBMIT, work)).rejects.toMatchObject({ code: "already-running", retryAfterMs: 1200 });
    clock.jump(1200);
    await expect(once(SUBMIT, work)).rejects.toMatchObject({ code: "submission-unknown" });
    clock.jump(ANSWER_TTL_MS - LOST_AFTER_MS - 1);
    await expect(once(SUBMIT, work)).rejects.toMatchObject({ code: "submission-unknown" });
    expect(work).toHaveBeenCalledOnce();
  });

  const stored = (answer: unknown) =>
    setUp({ begin: (_, record) => Promise.resolve({ ...record, runId: "another", answer: answer as never }) });

  test.each([
    { kind: "failed", error: { code: "an-error-of-tomorrow", message: "?" } },
    { kind: "failed", error: {} },
    { kind: "failed" },
    { kind: "answered" },
    { kind: "answered", body: null },
    { kind: "answered", body: "torn" },
    { kind: "an answer of tomorrow" },
    "torn",
  ])("whose kept answer is %j is not done, and is not said to be refused", async (answer) => {
    const { once, work } = stored(answer);
    await expect(once(SUBMIT, work)).rejects.toMatchObject({ code: "submission-unknown" });
    expect(work).not.toHaveBeenCalled();
  });

  test.each([false, true, "", "torn", 0, {}, [], { seenAt: 5 }])(
    "whose record is %j is not done, and is not said to be refused",
    async (record) => {
      const { once, work } = setUp({ begin: () => Promise.resolve(record as never) });
      await expect(once(SUBMIT, work)).rejects.toMatchObject({ code: "submission-unknown" });
      expect(work).not.toHaveBeenCalled();
    },
  );

  test("whose store says null has no record, and is done", async () => {
    const { once, work } = setUp({ begin: () => Promise.resolve(null as never) });
    expect(await once(SUBMIT, work)).toEqual(ANSWER);
  });

  test("where the clocks of two instances differ is at worst unknown, and not done", async () => {
    const { once, work, clock } = setUp();
    work.mockImplementationOnce(() => new Promise(() => undefined));
    void once(SUBMIT, work);
    await vi.waitFor(() => expect(work).toHaveBeenCalledOnce());
    clock.jump(-3_600_000);
    await expect(once(SUBMIT, work)).rejects.toMatchObject({ code: "submission-unknown" });
    expect(work).toHaveBeenCalledOnce();
  });
});

describe("a process that lives", () => {
  /** A submit whose provider takes as long as the test wants. */
  async function withSlowWork(broken: Partial<IdempotencyStore> = {}) {
    const world = setUp(broken);
    let finish: (answer: object) => void = () => undefined;
    world.work.mockImplementationOnce(() => new Promise((resolve) => (finish = resolve)));
    const first = world.once(SUBMIT, world.work);
    await vi.waitFor(() => expect(world.work).toHaveBeenCalledOnce());
    return { ...world, first, finish: (answer: object) => finish(answer) };
  }

  test("is waited for, however long a provider takes, and its answer is found", async () => {
    const { once, work, clock, first, finish } = await withSlowWork();
    for (let times = 0; times < 5; times += 1) {
      await clock.advance(LOST_AFTER_MS);
      await expect(once(SUBMIT, work)).rejects.toMatchObject({ code: "already-running" });
    }
    finish(ANSWER);
    await first;
    expect(await once(SUBMIT, work)).toEqual(ANSWER);
    expect([work.mock.calls.length, clock.pending]).toEqual([1, 0]);
  });

  test("is given up after three minutes and a half, and leaves no timer", async () => {
    const { once, work, clock } = await withSlowWork();
    await clock.advance(180_000 + LOST_AFTER_MS);
    await expect(once(SUBMIT, work)).rejects.toMatchObject({ code: "submission-unknown" });
    expect(clock.pending).toBe(0);
  });

  test("goes on where one sign of life is lost, and the log knows", async () => {
    let calls = 0;
    const store = createMemoryIdempotencyStore(createTestClock());
    const { once, work, clock, events } = await withSlowWork({
      ...store,
      update: async (...record) => (calls++ === 0 ? await down() : await store.update(...record)),
    });
    await clock.advance(LOST_AFTER_MS);
    await expect(once(SUBMIT, work)).rejects.toMatchObject({ code: "already-running" });
    expect(events).toMatchObject([{ type: "store-failed", store: "idempotency", userId: "u1" }]);
  });
});

describe("a submit that failed", () => {
  const codes = Object.keys(VIDEO_ERRORS).filter(isVideoErrorCode);
  const kept = ["submission-unknown", "internal"] as const;

  test.each(kept)("with %s is answered with it again, and never done again", async (code) => {
    const { once, work } = setUp();
    const error = new VideoError(code, { message: "Said first.", details: { provider: "fal" }, cause: "secret" });
    work.mockRejectedValueOnce(error);
    await expect(once(SUBMIT, work)).rejects.toBe(error);
    const again = once(SUBMIT, work);
    await expect(again).rejects.toMatchObject({ code, message: "Said first.", details: { provider: "fal" } });
    await expect(again).rejects.not.toHaveProperty("cause");
    expect(work).toHaveBeenCalledOnce();
  });

  test("with something that is no error of ours counts as unknown", async () => {
    const { once, work } = setUp();
    work.mockRejectedValueOnce(new TypeError("x is undefined"));
    await expect(once(SUBMIT, work)).rejects.toMatchObject({ code: "internal" });
    await expect(once(SUBMIT, work)).rejects.toMatchObject({ code: "internal" });
    expect(work).toHaveBeenCalledOnce();
  });

  test.each(codes.filter((code) => !kept.some((known) => known === code)))(
    "with %s may be done again",
    async (code) => {
      const { once, work } = setUp();
      work.mockRejectedValueOnce(new VideoError(code));
      await expect(once(SUBMIT, work)).rejects.toMatchObject({ code });
      expect(await once(SUBMIT, work)).toEqual(ANSWER);
      expect(work).toHaveBeenCalledTimes(2);
    },
  );
});

describe("a store that fails", () => {
  test("before the submit: it is refused, certainly, and not done", async () => {
    const { once, work } = setUp({ begin: down });
    const asked = once(SUBMIT, work);
    await expect(asked).rejects.toMatchObject({ code: "provider-unavailable", retryable: true });
    await expect(asked).rejects.not.toMatchObject({ message: expect.stringContaining("password") });
    expect(work).not.toHaveBeenCalled();
  });

  test("by losing its answer before the submit: the same submit may be done after that", async () => {
    const store = createMemoryIdempotencyStore(createTestClock());
    let calls = 0;
    const { once, work } = setUp({
      ...store,
      begin: async (...record) => {
        const known = await store.begin(...record);
        return calls++ === 0 ? await down() : known;
      },
    });
    await expect(once(SUBMIT, work)).rejects.toMatchObject({ code: "provider-unavailable" });
    expect(await once(SUBMIT, work)).toEqual(ANSWER);
    expect(work).toHaveBeenCalledOnce();
  });

  test("after the submit: the user has the answer, the log knows, and it is not done again", async () => {
    const { once, work, events, clock } = setUp({ update: down });
    expect(await once(SUBMIT, work)).toEqual(ANSWER);
    const failure = { userId: "u1", cause: expect.any(Error) };
    expect(events).toEqual([
      { type: "store-failed", store: "idempotency", ...failure },
      { type: "answer-not-kept", key: SUBMIT.key, ...failure },
    ]);
    await expect(once(SUBMIT, work)).rejects.toMatchObject({ code: "already-running" });
    clock.jump(LOST_AFTER_MS);
    await expect(once(SUBMIT, work)).rejects.toMatchObject({ code: "submission-unknown" });
    expect(work).toHaveBeenCalledOnce();
  });

  test("after a refusal: the user gets the refusal", async () => {
    const { once, work, events } = setUp({ forget: down });
    work.mockRejectedValueOnce(new VideoError("rate-limited"));
    await expect(once(SUBMIT, work)).rejects.toMatchObject({ code: "rate-limited" });
    expect(events).toMatchObject([{ type: "store-failed" }, { type: "answer-not-kept" }]);
  });

  test("by throwing at once is no different", async () => {
    const thrower = () => {
      throw new Error("not connected");
    };
    const { once, work } = setUp({ update: thrower });
    expect(await once(SUBMIT, work)).toEqual(ANSWER);
  });
});
