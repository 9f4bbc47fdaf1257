// A submit with a key is done once: a repeat is answered, asked to wait or refused, and never done.
import { describe, expect, test, vi } from "vitest";
import { VIDEO_ERRORS, VideoError, isVideoErrorCode } from "../../errors.ts";
import { createTestClock } from "../../testing/test-clock.ts";
import type { ToldEvent } from "../server-event.ts";
import { createWaitFor } from "../wait-limits.ts";
import { ABANDONED_AFTER_MS, ANSWER_TTL_MS, createAnswerOnce } from "./answer-once.ts";
import type { IdempotencyStore } from "./idempotency-store.ts";
import { createMemoryIdempotencyStore } from "./memory-idempotency-store.ts";

const SUBMIT = { key: "key-0001", userId: "u1", request: { prompt: "a corgi" } };
const ANSWER = { queued: true, requestId: "v1.a.b" };

function setUp(broken: Partial<IdempotencyStore> = {}) {
  const clock = createTestClock();
  const events: ToldEvent[] = [];
  const store = { ...createMemoryIdempotencyStore(clock), ...broken };
  const once = createAnswerOnce({
    store,
    clock,
    waitFor: createWaitFor(clock),
    onEvent: (event) => void events.push(event),
  });
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
    clock.jump(ABANDONED_AFTER_MS - 1);
    await expect(once(SUBMIT, work)).rejects.toMatchObject({ code: "already-running" });
    clock.jump(1);
    await expect(once(SUBMIT, work)).rejects.toMatchObject({ code: "submission-unknown" });
    expect(work).toHaveBeenCalledOnce();
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

  test("after the submit: the user has the answer, the log knows, and it is not done again", async () => {
    const { once, work, events, clock } = setUp({ complete: down });
    expect(await once(SUBMIT, work)).toEqual(ANSWER);
    expect(events).toEqual([{ type: "answer-not-kept", userId: "u1", key: SUBMIT.key, cause: expect.any(Error) }]);
    await expect(once(SUBMIT, work)).rejects.toMatchObject({ code: "already-running" });
    clock.jump(ABANDONED_AFTER_MS);
    await expect(once(SUBMIT, work)).rejects.toMatchObject({ code: "submission-unknown" });
    expect(work).toHaveBeenCalledOnce();
  });

  test("after a refusal: the user gets the refusal", async () => {
    const { once, work, events } = setUp({ forget: down });
    work.mockRejectedValueOnce(new VideoError("rate-limited"));
    await expect(once(SUBMIT, work)).rejects.toMatchObject({ code: "rate-limited" });
    expect(events).toMatchObject([{ type: "answer-not-kept" }]);
  });

  test("by throwing at once is no different", async () => {
    const thrower = () => {
      throw new Error("not connected");
    };
    const { once, work } = setUp({ complete: thrower });
    expect(await once(SUBMIT, work)).toEqual(ANSWER);
  });
});
