import { getVideoModel, isVideoModelId, VIDEO_MODELS, type VideoModelId } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { createPollingPolicy, defaultPollingPolicy, pollingLimitsFor, type PollContext } from "./polling-policy.ts";

const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MODELS = Object.keys(VIDEO_MODELS).filter((id) => isVideoModelId(id));

const situation: PollContext = {
  model: "vid-veo-3.1-fast",
  expectedMs: { p50: 60 * SECOND, p95: 180 * SECOND },
  attempt: 1,
  elapsedMs: 0,
  misses: 0,
  random: 0.5,
};

describe("the default schedule for a job of about a minute", () => {
  test.each([
    // [what, elapsed, misses, hint, random, wait]
    ["just accepted: silent until half of the typical time", 0, 0, undefined, 0, 30 * SECOND],
    ["just accepted: chance makes the silence longer, by a tenth at most", 0, 0, undefined, 0.999_999, 33 * SECOND],
    ["almost half: the next question is not a moment later", 29 * SECOND, 0, undefined, 0.5, 5 * SECOND],
    ["half: every twelfth of the typical time", 30 * SECOND, 0, undefined, 0.5, 5 * SECOND],
    ["half, chance low", 30 * SECOND, 0, undefined, 0, 4_750],
    ["half, chance high", 30 * SECOND, 0, undefined, 0.999_999, 5_250],
    ["twice the typical time: every twelfth of its age", 2 * MINUTE, 0, undefined, 0.5, 10 * SECOND],
    ["late: never more than the longest wait", HOUR, 0, undefined, 0.999_999, 15 * SECOND],
    ["one miss: the shortest wait", 30 * SECOND, 1, undefined, 0, SECOND],
    ["four misses: four doublings, half taken away by chance", 30 * SECOND, 4, undefined, 0, 4 * SECOND],
    ["many misses: half a minute", 30 * SECOND, 300, undefined, 0.999_999, 30 * SECOND],
    ["advice is the floor", 30 * SECOND, 0, 20 * SECOND, 0.5, 20 * SECOND],
    ["advice does not shorten", 0, 0, SECOND, 0, 30 * SECOND],
    ["advice after a miss is the floor too", 30 * SECOND, 1, 20 * SECOND, 0.5, 20 * SECOND],
    ["advice is believed up to ten minutes", 30 * SECOND, 0, 24 * HOUR, 0.5, 10 * MINUTE],
    ["advice that is no number is none", 30 * SECOND, 0, Number.NaN, 0.5, 5 * SECOND],
    ["advice from the past is none", 30 * SECOND, 0, -5_000, 0.5, 5 * SECOND],
  ])("%s", (_, elapsedMs, misses, hintMs, random, waitMs) => {
    expect(defaultPollingPolicy({ ...situation, elapsedMs, misses, random, hintMs }).waitMs).toBe(waitMs);
  });

  test.each([
    [4.5 * MINUTE - 1, false, false],
    [4.5 * MINUTE, true, false],
    [30 * MINUTE - 1, true, false],
    [30 * MINUTE, true, true],
  ])("after %i ms slow is %s and overdue is %s, misses or not", (elapsedMs, isSlow, isOverdue) => {
    expect(defaultPollingPolicy({ ...situation, elapsedMs })).toMatchObject({ isSlow, isOverdue });
    expect(defaultPollingPolicy({ ...situation, elapsedMs, misses: 3 })).toMatchObject({ isSlow, isOverdue });
  });
});

describe("what may be set", () => {
  test("the shortest wait holds against chance and while nothing answers", () => {
    const policy = createPollingPolicy({ minWaitMs: 5_000 });
    for (const misses of [0, 1, 2]) {
      expect(policy({ ...situation, elapsedMs: 30 * SECOND, misses, random: 0 }).waitMs).toBeGreaterThanOrEqual(5_000);
    }
  });

  test("the longest wait holds against chance, and a shortest wait above it wins", () => {
    const late = { ...situation, elapsedMs: HOUR, random: 0.999_999 };
    expect(createPollingPolicy({ maxWaitMs: 8_000 })(late).waitMs).toBe(8_000);
    expect(createPollingPolicy({ maxWaitMs: 8_000, minWaitMs: 9_000 })(late).waitMs).toBe(9_000);
  });

  test("a model's limits can be replaced one by one, and other models keep theirs", () => {
    const policy = createPollingPolicy({ limits: { "vid-veo-3.1-fast": { softMs: MINUTE } } });
    const atTwoMinutes = { ...situation, elapsedMs: 2 * MINUTE };
    expect(policy(atTwoMinutes)).toMatchObject({ isSlow: true, isOverdue: false });
    expect(policy({ ...atTwoMinutes, model: "kie-sora-2" })).toMatchObject({ isSlow: false });
    expect(policy({ ...atTwoMinutes, elapsedMs: 30 * MINUTE })).toMatchObject({ isOverdue: true });
  });
});

describe("the limits of every model of the registry", () => {
  const expectedOf = (model: VideoModelId): PollContext["expectedMs"] => getVideoModel(model).expectedMs;

  test.each([
    [1 * SECOND, MINUTE, 15 * MINUTE],
    [90 * SECOND, 135 * SECOND, 15 * MINUTE],
    [180 * SECOND, 270 * SECOND, 30 * MINUTE],
    [2 * HOUR, 3 * HOUR, HOUR],
  ])("p95 of %i ms: slow after %i ms, overdue after %i ms", (p95, softMs, hardMs) => {
    expect(pollingLimitsFor({ p95 })).toEqual({ softMs, hardMs });
  });

  test.each(MODELS)("%s: slow after p95, never overdue before 15 minutes, never later than an hour", (model) => {
    const expectedMs = expectedOf(model);
    const { softMs, hardMs } = pollingLimitsFor(expectedMs);
    expect(softMs).toBeGreaterThan(expectedMs.p95);
    expect(hardMs).toBeGreaterThan(softMs);
    expect(hardMs).toBeGreaterThanOrEqual(15 * MINUTE);
    expect(hardMs).toBeLessThanOrEqual(HOUR);
  });

  test.each(MODELS)(
    "%s: every wait is a whole number of milliseconds within bounds, whatever the situation",
    (model) => {
      const expectedMs = expectedOf(model);
      for (const elapsedMs of [0, 1, 999, 30_000.5, 5 * MINUTE, HOUR, 100 * HOUR]) {
        for (const misses of [0, 1, 7, 10_000]) {
          for (const random of [0, 0.333, 0.999_999]) {
            const { waitMs } = defaultPollingPolicy({ model, expectedMs, attempt: 9, elapsedMs, misses, random });
            expect(Number.isInteger(waitMs)).toBe(true);
            expect(waitMs).toBeGreaterThanOrEqual(SECOND);
            expect(waitMs).toBeLessThanOrEqual(Math.max(30 * SECOND, expectedMs.p50));
          }
        }
      }
    },
  );

  test.each(MODELS)("%s: a job done at p50 costs at most 15 questions and is seen within a tenth of p50", (model) => {
    const expectedMs = expectedOf(model);
    for (const random of [0, 0.5, 0.999_999]) {
      const { questions, seenAtMs } = questionsFor({ model, expectedMs, random }, expectedMs.p50);
      expect(questions).toBeLessThanOrEqual(15);
      expect(seenAtMs - expectedMs.p50).toBeLessThanOrEqual(Math.max(SECOND, expectedMs.p50 / 10));
    }
  });

  test.each(MODELS)("%s: a job done at p95 costs at most 45 questions, one that never ends at most 300", (model) => {
    const expectedMs = expectedOf(model);
    expect(questionsFor({ model, expectedMs, random: 0.5 }, expectedMs.p95).questions).toBeLessThanOrEqual(45);
    expect(
      questionsFor({ model, expectedMs, random: 0.5 }, pollingLimitsFor(expectedMs).hardMs).questions,
    ).toBeLessThanOrEqual(300);
  });

  /** Asks by the default policy, each answer immediate, until the job is done. */
  function questionsFor(job: Pick<PollContext, "model" | "expectedMs" | "random">, doneAtMs: number) {
    let seenAtMs = defaultPollingPolicy({ ...job, attempt: 0, elapsedMs: 0, misses: 0 }).waitMs;
    let questions = 1;
    for (; seenAtMs < doneAtMs; questions++) {
      seenAtMs += defaultPollingPolicy({ ...job, attempt: questions, elapsedMs: seenAtMs, misses: 0 }).waitMs;
    }
    return { questions, seenAtMs };
  }
});

describe("a question that the server would hold", () => {
  test.each([
    ["just accepted: silent until the first jobs end", 0, 0.5, 26 * SECOND, 27 * SECOND],
    ["chance makes the silence shorter, by a tenth at most", 0, 0.999_999, 24 * SECOND, 25 * SECOND],
    ["in the middle of that silence", 20 * SECOND, 0.5, 6 * SECOND, 7 * SECOND],
    ["after it: at once", 50 * SECOND, 0.5, SECOND, SECOND],
  ])("%s", (_, elapsedMs, random, leastMs, mostMs) => {
    for (const held of [{ canHold: true }, { wasHeld: true }]) {
      const { waitMs } = defaultPollingPolicy({ ...situation, elapsedMs, random, ...held });
      expect(waitMs).toBeGreaterThanOrEqual(leastMs);
      expect(waitMs).toBeLessThanOrEqual(mostMs);
    }
  });

  test("while nothing answers is asked like any other", () => {
    const missed = { ...situation, elapsedMs: 50 * SECOND, misses: 4, random: 0 };
    expect(defaultPollingPolicy({ ...missed, canHold: true })).toEqual(defaultPollingPolicy(missed));
  });

  test.each(MODELS)("%s: waits a whole number of milliseconds within bounds, whatever was learned", (model) => {
    const { expectedMs } = getVideoModel(model);
    for (const seenMs of [[], [1], [HOUR], [1, HOUR], [60 * SECOND]]) {
      for (const elapsedMs of [0, 0.5, 60 * SECOND, 100 * HOUR]) {
        const moment = { ...situation, model, expectedMs, seenMs, elapsedMs };
        const { waitMs } = defaultPollingPolicy({ ...moment, canHold: true });
        expect(Number.isInteger(waitMs)).toBe(true);
        expect(waitMs).toBeGreaterThanOrEqual(SECOND);
        expect(waitMs).toBeLessThanOrEqual(Math.max(15 * SECOND, 2 * expectedMs.p50));
      }
    }
  });
});

describe("a question that was held", () => {
  test("is followed by the next at once, because the job was watched all the while", () => {
    expect(defaultPollingPolicy({ ...situation, elapsedMs: 50 * SECOND, wasHeld: true }).waitMs).toBe(SECOND);
    expect(
      defaultPollingPolicy({ ...situation, elapsedMs: 50 * SECOND, wasHeld: true, misses: 2, random: 0 }).waitMs,
    ).toBe(SECOND);
    expect(defaultPollingPolicy({ ...situation, elapsedMs: 50 * SECOND, wasHeld: true, hintMs: 4_000 }).waitMs).toBe(
      4_000,
    );
  });
});
