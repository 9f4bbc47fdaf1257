// Schedules from the durations of the last jobs: what they cost and how late they are, against jobs drawn by a seed.
import { describe, expect, test } from "vitest";
import { createSeededRandom } from "../testing/seeded-random.ts";
import { learnedWaitMs } from "./learned-schedule.ts";
import { defaultPollingPolicy, type PollContext } from "./polling-policy.ts";

const SECOND = 1_000;
const typicalMs = 60 * SECOND;
const around = (middleMs: number): readonly number[] =>
  Array.from({ length: 32 }, (_, index) => middleMs * (0.85 + (0.3 * index) / 31));
const SEEN = around(40 * SECOND);

describe("of a model whose jobs took 34 to 46 seconds", () => {
  test("the first question comes before most have ended, and not long before the first has", () => {
    for (const random of [0, 0.5, 0.999_999]) {
      const waitMs = learnedWaitMs({ seenMs: SEEN, typicalMs }, { elapsedMs: 0, wasAsked: false, random });
      expect(waitMs).toBeGreaterThan(20 * SECOND);
      expect(waitMs).toBeLessThan(40 * SECOND);
    }
  });

  test("chance shifts the first question: jobs that were started together are asked about over seconds", () => {
    const first = (random: number): number =>
      learnedWaitMs({ seenMs: SEEN, typicalMs }, { elapsedMs: 0, wasAsked: false, random });
    const waits = [0, 0.25, 0.5, 0.75, 0.999_999].map(first);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect((waits.at(-1) ?? 0) - (waits[0] ?? 0)).toBeGreaterThan(3 * SECOND);
  });

  test("questions are close while most jobs end, and far apart after that", () => {
    const next = (elapsedMs: number): number =>
      learnedWaitMs({ seenMs: SEEN, typicalMs }, { elapsedMs, wasAsked: true, random: 0.5 });
    expect(next(40 * SECOND)).toBeLessThan(5 * SECOND);
    expect(next(90 * SECOND)).toBeGreaterThan(2 * next(40 * SECOND));
    expect(next(3 * 3_600 * SECOND)).toBe(Number.POSITIVE_INFINITY);
  });

  test("a job that is resumed late is asked about soon", () => {
    const waitMs = learnedWaitMs({ seenMs: SEEN, typicalMs }, { elapsedMs: 45 * SECOND, wasAsked: false, random: 0.5 });
    expect(waitMs).toBeLessThan(SECOND);
  });
});

test("the same list of durations under another estimate is another schedule", () => {
  const moment = { elapsedMs: 0, wasAsked: false, random: 0.5 };
  const few = [40 * SECOND];
  const [slow, fast] = [600 * SECOND, 40 * SECOND].map((typical) =>
    learnedWaitMs({ seenMs: few, typicalMs: typical }, moment),
  );
  expect(slow).not.toBe(fast);
  expect(learnedWaitMs({ seenMs: few, typicalMs: 600 * SECOND }, moment)).toBe(slow);
});

describe("the default policy, told of the last jobs", () => {
  const context: PollContext = {
    model: "vid-veo-3.1-fast",
    expectedMs: { p50: typicalMs, p95: 3 * typicalMs },
    attempt: 1,
    elapsedMs: 0,
    misses: 0,
    random: 0.5,
    seenMs: SEEN,
  };

  test("waits a whole number of milliseconds within its bounds, whatever the moment and the durations", () => {
    const durations = [[1], [1, 3_600_000], [0.5], around(10 * 3_600 * SECOND), SEEN];
    for (const seenMs of durations) {
      for (const elapsedMs of [0, 1, 40_000.5, 600_000, 3_600_000, 360_000_000]) {
        for (const attempt of [0, 5]) {
          const { waitMs } = defaultPollingPolicy({ ...context, seenMs, elapsedMs, attempt });
          expect(Number.isInteger(waitMs)).toBe(true);
          expect(waitMs).toBeGreaterThanOrEqual(SECOND);
          expect(waitMs).toBeLessThanOrEqual(attempt > 0 ? 15 * SECOND : 2 * typicalMs);
        }
      }
    }
  });

  test("a miss, a held question and advice mean what they mean without durations", () => {
    expect(defaultPollingPolicy({ ...context, misses: 1, random: 0 }).waitMs).toBe(SECOND);
    expect(defaultPollingPolicy({ ...context, elapsedMs: 40 * SECOND, wasHeld: true }).waitMs).toBe(SECOND);
    expect(defaultPollingPolicy({ ...context, elapsedMs: 40 * SECOND, hintMs: 20 * SECOND }).waitMs).toBe(20 * SECOND);
  });

  test("asks less often and hears sooner than without them, where the estimate is wrong by half", () => {
    const random = createSeededRandom(7);
    const jobs = Array.from({ length: 500 }, () => 34 * SECOND + 12 * SECOND * random());
    const cost = (seenMs: readonly number[] | undefined) => {
      let [questions, lateMs] = [0, 0];
      for (const jobMs of jobs) {
        let elapsedMs = 0;
        for (let attempt = 0; elapsedMs < jobMs; attempt++, questions++) {
          elapsedMs += defaultPollingPolicy({ ...context, seenMs, elapsedMs, attempt, random: random() }).waitMs;
        }
        lateMs += elapsedMs - jobMs;
      }
      return { questions: questions / jobs.length, lateMs: lateMs / jobs.length };
    };
    const [told, untold] = [cost(SEEN), cost(undefined)];
    expect(told.questions).toBeLessThan(untold.questions + 1.5);
    expect(told.lateMs).toBeLessThan(0.75 * untold.lateMs);
  });
});
