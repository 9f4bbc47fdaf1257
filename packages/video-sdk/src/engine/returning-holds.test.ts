// Refused credits while others of this engine come back: the parts by themselves, and over the whole engine.
import { describe, expect, test } from "vitest";
import { atMostOnce, exactlyOnce } from "../core/__fixtures__/plans.ts";
import type { OutsideEffect } from "../core/effect.ts";
import type { EventPayload } from "../core/event.ts";
import type { GenerationState } from "../core/state.ts";
import type { StepProgress } from "../core/settlement-steps.ts";
import { videoErrorData, type VideoErrorCode } from "../errors.ts";
import type { Guarantee } from "../ports.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createTestEngine } from "../testing/create-test-engine.ts";
import { createReturningHolds } from "./returning-holds.ts";

const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const PRICE = 208;
const HALF_A_MINUTE = 30_000;

const progress = (status: StepProgress["status"]): StepProgress => ({ status, attempt: 1, tries: 1, isUnsure: false });
const releasing = (id: string, status: StepProgress["status"] = "running"): GenerationState => ({
  name: "settling",
  plan: { ...atMostOnce, id },
  held: { credits: "held" },
  verdict: { kind: "cancel" },
  decidedAt: 0,
  steps: { "release-credits": progress(status) },
});
const released = (id: string): GenerationState => ({
  ...{ name: "canceled", plan: { ...atMostOnce, id }, decidedAt: 0, settlement: "released" },
  held: { credits: "held" },
});
const acquiring = (id: string, slot: StepProgress["status"], credits: StepProgress["status"]): GenerationState => ({
  ...{ name: "acquiring-both", plan: { ...exactlyOnce, id }, isCanceling: false },
  steps: { "acquire-slot": progress(slot), "reserve-credits": progress(credits) },
});

const refusalOf = (code: VideoErrorCode, certainty: "not-done" | "unknown" = "not-done"): EventPayload => ({
  ...{ type: "effect-failed", effect: "reserve-credits", attempt: 1, certainty, error: videoErrorData(code) },
});
const REFUSED = refusalOf("insufficient-credits");

/** Holds, and what a call of `id` is told, while they change. */
function open() {
  const clock = createTestClock();
  const holds = createReturningHolds(clock);
  const aborting = new AbortController();
  const ask = (id: string, answer: EventPayload = REFUSED, type: OutsideEffect["type"] = "reserve-credits") => {
    const told: EventPayload[] = [];
    const effect = { type, attempt: 1, credits: PRICE, key: `${id}:reserve` } as OutsideEffect; // as far as it matters here
    const perform = holds.watch(() => Promise.resolve(answer));
    const options = { signal: aborting.signal, onProgress: () => undefined };
    void perform(effect, options).then((one) => told.push(one));
    return told;
  };
  return { clock, holds, ask, aborting };
}

describe("a refusal of credits", () => {
  test("is told at once where nothing comes back, and so is every other answer", async () => {
    const { clock, holds, ask } = open();
    expect([ask("a"), await clock.flush()][0]).toEqual([REFUSED]);
    holds.note(releasing("b"));
    const others = [
      refusalOf("unreachable"),
      refusalOf("insufficient-credits", "unknown"),
      { type: "credits-reserved", attempt: 1 },
    ] as const;
    const told = others.map((other) => ask("a", other));
    await clock.flush();
    expect(told).toEqual(others.map((other) => [other]));
    expect(clock.pending).toBe(0);
  });

  test("waits for those that come back, and says that they have", async () => {
    const { clock, holds, ask } = open();
    holds.note(releasing("b"));
    holds.note(acquiring("c", "running", "done"));
    const told = ask("a");
    await clock.flush();
    holds.note(released("b"));
    await clock.flush();
    expect(told).toEqual([]);
    holds.note(acquiring("c", "done", "done"));
    await clock.flush();
    expect(told).toEqual([{ ...REFUSED, isWorthAskingAnew: true }]);
    expect(clock.pending).toBe(0);
  });

  test("does not say so where they were kept, given up, or are driven elsewhere", async () => {
    const ends: readonly ((holds: ReturnType<typeof open>["holds"]) => void)[] = [
      (holds) => holds.note(acquiring("b", "done", "done")),
      (holds) => holds.forget("b"),
    ];
    for (const end of ends) {
      const { clock, holds, ask } = open();
      holds.note(acquiring("b", "running", "running"));
      const told = ask("a");
      await clock.flush();
      expect(told).toEqual([]);
      end(holds);
      await clock.flush();
      expect([told, clock.pending]).toEqual([[REFUSED], 0]);
    }
  });

  test("is told after ten seconds all the same, and when its call is called off", async () => {
    const { clock, holds, ask, aborting } = open();
    holds.note(releasing("b"));
    const told = ask("a");
    await clock.advance(9_999);
    expect(told).toEqual([]);
    await clock.advance(1);
    expect(told).toEqual([REFUSED]);
    const calledOff = ask("c");
    await clock.flush();
    aborting.abort();
    await clock.flush();
    expect([calledOff, clock.pending]).toEqual([[REFUSED], 0]);
  });

  test("does not wait for another refusal: two of them would wait for each other", async () => {
    const { clock, holds, ask } = open();
    for (const id of ["a", "b"]) holds.note(acquiring(id, "running", "running"));
    const [first, second] = [ask("a"), ask("b")];
    await clock.flush();
    for (const id of ["a", "b"]) holds.note(acquiring(id, "stuck", "running"));
    await clock.flush();
    expect([first, second, clock.pending]).toEqual([[REFUSED], [REFUSED], 0]);
  });
});

interface Shown {
  readonly guarantee: Guarantee;
  readonly slots: number;
  readonly credits: number;
}

/** Two taps at the same moment, to their end. The first one's credits are refused once, as if the second one's had come first. */
async function twoTaps(options: Shown) {
  const { engine, clock, ledger } = createTestEngine(options);
  ledger.failNext("reserveCredits", { refused: "insufficient-credits" });
  const generations = [engine.generate(REQUEST), engine.generate(REQUEST)];
  await clock.advance(20 * HALF_A_MINUTE);
  ledger.assertBalanced();
  expect(clock.pending).toBe(0);
  return {
    ends: generations.map((one) => {
      const { status, settlement, error } = one.getSnapshot();
      return [status, settlement, error?.code];
    }),
    reserves: ledger.calls.filter((call) => call === "reserveCredits").length,
  };
}

describe("two taps at once", () => {
  test("with one slot and credits for one: the one with the slot gets the credits of the other, and its video", async () => {
    const { ends, reserves } = await twoTaps({ guarantee: "exactly-once", slots: 1, credits: PRICE });
    expect(ends).toEqual([
      ["completed", "captured", undefined],
      ["failed", "released", "slot-limit-reached"],
    ]);
    expect(reserves).toBe(3);
  });

  test("with slots for both, nothing comes back: the refusal stands, and nothing is asked twice", async () => {
    const { ends, reserves } = await twoTaps({ guarantee: "exactly-once", slots: 2, credits: PRICE });
    expect(ends).toEqual([
      ["failed", "none", "insufficient-credits"],
      ["completed", "captured", undefined],
    ]);
    expect(reserves).toBe(2);
  });
});
