// What an engine learns of its models' jobs, and what it tells the policy of them.
import { describe, expect, test } from "vitest";
import { defaultPollingPolicy, type PollContext } from "../core/polling-policy.ts";
import { createTestEngine } from "../testing/create-test-engine.ts";
import type { GenerationReport } from "./engine-event.ts";
import { createSeenDurations } from "./seen-durations.ts";

const MODEL = "vid-veo-3.1-fast";
const request = { model: MODEL, prompt: "a corgi surfing", duration: 8 } as const;

/** An engine whose policy asks every ten seconds, and what that was told. */
function open(jobMs: number) {
  const told: PollContext[] = [];
  const world = createTestEngine({
    jobMs,
    slots: 100,
    credits: 1_000_000,
    polling(context) {
      told.push(context);
      return { ...defaultPollingPolicy(context), waitMs: 10_000 };
    },
  });
  const generate = async (): Promise<void> => {
    const generation = world.engine.generate(request);
    await world.clock.advanceUntil(() => generation.getSnapshot().status !== "running");
  };
  const seen = async (): Promise<readonly number[]> => {
    told.length = 0;
    await generate();
    return told[0]?.seenMs ?? [];
  };
  return { ...world, generate, seen };
}

test("an engine that has seen no job end tells of none", async () => {
  expect(await open(45_000).seen()).toEqual([]);
});

test("a job took as long as the middle between the last answer that it is pending and the one that it has ended", async () => {
  const { generate, seen } = open(45_000);
  await generate();
  expect(await seen()).toEqual([45_000]);
});

test("a job that had ended before its first question took clearly less than that", async () => {
  const { generate, seen } = open(2_000);
  await generate();
  expect(await seen()).toEqual([8_000]);
});

test("of many jobs the last 32 are told", async () => {
  const { generate, seen } = open(25_000);
  for (let job = 0; job < 34; job++) await generate();
  expect(await seen()).toHaveLength(32);
});

test("a job that fails, is canceled, or comes without having been accepted teaches nothing", async () => {
  const { api, engine, clock, generate, seen } = open(45_000);
  api.playNext({ fail: "provider-failed" });
  await generate();
  api.playNext("immediate");
  await generate();
  const canceled = engine.generate(request);
  await clock.advance(15_000);
  await canceled.cancel();
  await clock.advanceUntil(() => canceled.getSnapshot().status !== "running");
  expect(await seen()).toEqual([]);
});

describe("a device that slept", () => {
  const event = (type: GenerationReport["type"], at: number, phase: GenerationReport["phase"]): GenerationReport => {
    const effect = type === "job-finished" ? "check-status" : undefined;
    const left = { step: undefined, certainty: undefined, requestId: undefined, error: undefined, isGivenUp: false };
    return {
      id: "g",
      seq: 1,
      at,
      type,
      phase,
      effect,
      attempt: 1,
      model: MODEL,
      credits: 1,
      settlement: "held",
      ...left,
    };
  };
  const held = (at: number): GenerationReport => ({ ...event("job-finished", at, "saving"), wasHeld: true });
  const learned = (...events: readonly GenerationReport[]): readonly number[] | undefined => {
    const passed: GenerationReport[] = [];
    const durations = createSeenDurations(
      () => ({ model: MODEL }) as never, // only the model is read
      (one) => void passed.push(one),
    );
    events.forEach(durations.onEvent);
    expect(passed).toEqual(events);
    let seenMs: readonly number[] | undefined;
    const policy = durations.tell((context) => {
      seenMs = context.seenMs;
      return defaultPollingPolicy(context);
    });
    policy({ model: MODEL, expectedMs: { p50: 1, p95: 3 }, attempt: 0, elapsedMs: 0, misses: 0, random: 0 });
    return seenMs;
  };

  test.each([
    ["an hour between two answers", [event("job-pending", 20_000, "polling")], 3_600_000, undefined],
    ["an hour before the first one", [], 3_600_000, undefined],
    ["a clock that was set back", [event("job-pending", 20_000, "polling")], 1_000, undefined],
    [
      "a clock that was set back before the first answer",
      [event("job-pending", -7_180_000, "polling")],
      -7_170_000,
      undefined,
    ],
    [
      "a clock that was set ahead before the first answer",
      [event("job-pending", 7_220_000, "polling")],
      7_230_000,
      undefined,
    ],
    [
      "a clock that was set ahead between two answers, and then back",
      [
        event("job-pending", 20_000, "polling"),
        event("job-pending", 7_230_000, "polling"),
        event("job-pending", 40_000, "polling"),
      ],
      50_000,
      undefined,
    ],
    [
      "an answer to an earlier question, after hours of silence",
      [
        event("job-pending", 20_000, "polling"),
        event("job-pending", 7_230_000, "polling"),
        event("job-pending", 7_240_000, "polling"),
      ],
      7_250_000,
      undefined,
    ],
    ["no sleep", [event("job-pending", 20_000, "polling")], 30_000, [25_000]],
  ] as const)("%s: what is not known is not learned", (_, between, at, expected) => {
    const events = [event("job-accepted", 0, "polling"), ...between, event("job-finished", at, "saving")];
    expect(learned(...events)).toEqual(expected);
  });

  test("a job whose question was held until it ended took exactly that long", () => {
    const accepted = event("job-accepted", 0, "polling");
    expect(learned(accepted, event("job-pending", 20_000, "polling"), held(44_000))).toEqual([44_000]);
    expect(learned(accepted, held(30_000))).toEqual([30_000]);
    expect(learned(accepted, event("job-pending", 20_000, "polling"), held(3_600_000))).toBeUndefined();
  });
});
