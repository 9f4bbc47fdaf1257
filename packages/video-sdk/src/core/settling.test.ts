import type { Certainty, Guarantee } from "../ports.ts";
import { resolveVideoRequest } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { videoErrorData, type VideoErrorCode } from "../errors.ts";
import { createPollingPolicy } from "./polling-policy.ts";
import { DEFAULT_RETRY_LIMITS } from "./retry-limits.ts";
import { tell, type Said } from "./__fixtures__/answering.ts";
import type { EffectType } from "./effect.ts";
import { settle } from "./settling.ts";
import type { GenerationPlan, Held, Verdict } from "./state.ts";
import type { AcquiringCall, SettlementStep } from "./settlement-steps.ts";
import type { TransitionResult } from "./transition-result.ts";

const { request } = resolveVideoRequest({ model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 });
const planOf = (guarantee: Guarantee): GenerationPlan => ({
  id: "generation-1",
  request,
  credits: 208,
  createdAt: 0,
  guarantee,
  isSubmitRepeatable: false,
});
const everything: Held = { slotId: "slot-1", sessionId: "session-1", rowId: "row-1", credits: "held" };
const rules = { polling: createPollingPolicy() };
const videos = ["https://videos.test/1.mp4"];
const deliver: Verdict = { kind: "deliver", videos };
const cancel: Verdict = { kind: "cancel" };
const fail: Verdict = { kind: "fail", error: videoErrorData("content-rejected", { phase: "polling" }) };
const job = { requestId: "job-1" };
const failWatched: Verdict = {
  kind: "fail",
  error: videoErrorData("timed-out"),
  watch: { job, acceptedAt: 0, questionsSent: 3 },
};
const GIVING_BACK = ["mark-row-failed", "release-credits", "close-slot"] as const;
const GUARANTEES = ["at-most-once", "reconciled", "exactly-once"] as const;

type ClosingStep = Exclude<SettlementStep, AcquiringCall | "save-videos">;
const settled = (step: ClosingStep) => ({ type: "step-settled", step }) as const;
const again = (step: SettlementStep) => ({ type: "wait-elapsed", key: step }) as const;
const failed = (
  effect: Exclude<EffectType, "wait" | "stop-waiting">,
  certainty: Certainty,
  retryAfterMs?: number,
): Said => ({
  type: "effect-failed",
  effect,
  certainty,
  error: videoErrorData("unreachable", { retryAfterMs }),
});
const exhausted = (step: SettlementStep, certainty: Certainty = "not-done"): Said[] => [
  ...Array.from({ length: DEFAULT_RETRY_LIMITS.settling - 1 }, () => [failed(step, certainty), again(step)]).flat(),
  failed(step, certainty),
];

/** The last transition of these events on a settling generation. */
function after(verdict: Verdict, guarantee: Guarantee, ...payloads: readonly Said[]): TransitionResult {
  const first = settle({ plan: planOf(guarantee), held: everything, verdict }, 1_000);
  return payloads.reduce<TransitionResult>(([state], payload) => {
    return state.name === "settling" ? tell(state, { ...payload, at: 2_000, random: 0.5 }, rules) : [state, []];
  }, first);
}

const typesOf = ([, effects]: TransitionResult): readonly string[] => effects.map(({ type }) => type);

describe("a cancel while settling", () => {
  test("of a job that has timed out ends its watch: a video that comes later is not wanted", () => {
    const [state, effects] = after(failWatched, "exactly-once", { type: "cancel-requested" });
    expect(state).toMatchObject({ verdict: { kind: "fail", error: { code: "timed-out" } } });
    expect(state).not.toHaveProperty("verdict.watch");
    expect(effects).toEqual([]);
  });
});

describe("a delivery", () => {
  test("shows the video, then captures and closes the slot, then is completed", () => {
    expect(typesOf(after(deliver, "at-most-once"))).toEqual(["stop-waiting", "save-row"]);
    expect(typesOf(after(deliver, "at-most-once", settled("save-row")))).toEqual(["capture-credits", "close-slot"]);
    expect(
      after(deliver, "at-most-once", settled("save-row"), settled("close-slot"), settled("capture-credits")),
    ).toEqual([
      {
        name: "completed",
        plan: planOf("at-most-once"),
        held: everything,
        decidedAt: expect.any(Number) as number,
        settlement: "captured",
        videos,
      },
      [],
    ]);
  });

  test("a row that cannot be saved captures nothing: the video is handed out, the credits stay held and the slot is closed", () => {
    const stuck = exhausted("save-row");
    expect(typesOf(after(deliver, "exactly-once", ...stuck))).toEqual(["close-slot"]);
    expect(after(deliver, "exactly-once", ...stuck, settled("close-slot"))[0]).toMatchObject({
      name: "completed",
      settlement: "held",
      videos,
    });
  });

  test("a capture that is refused for good leaves the credits held, and never leads to a release", () => {
    const step = after(
      deliver,
      "at-most-once",
      settled("save-row"),
      ...exhausted("capture-credits"),
      settled("close-slot"),
    );
    expect(step).toMatchObject([{ name: "completed", settlement: "held" }, []]);
  });
});

describe("a failure or a cancel", () => {
  test.each([
    ["failed", fail],
    ["canceled", cancel],
  ] as const)("%s: gives everything back and ends released", (name, verdict) => {
    expect(typesOf(after(verdict, "at-most-once"))).toEqual(["stop-waiting", ...GIVING_BACK]);
    expect(after(verdict, "at-most-once", ...GIVING_BACK.map(settled))).toMatchObject([
      { name, settlement: "released", held: everything },
      [],
    ]);
  });

  test.each(GIVING_BACK)("%s alone stuck: the others have been done, and the generation ends", (step) => {
    const others = GIVING_BACK.filter((other) => other !== step).map(settled);
    const [first] = after(fail, "at-most-once", ...exhausted(step));
    expect(first).toMatchObject({ name: "settling" });
    const [state] = after(fail, "at-most-once", ...exhausted(step), ...others);
    expect(state).toMatchObject({ name: "failed", settlement: step === "release-credits" ? "held" : "released" });
    expect(after(fail, "at-most-once", ...others, ...exhausted(step))[0]).toEqual(state);
  });

  test("nothing held: it ends at once", () => {
    const [state, effects] = settle(
      { plan: planOf("at-most-once"), held: { credits: "none" }, verdict: cancel },
      1_000,
    );
    expect([state.name, effects]).toEqual(["canceled", [{ type: "stop-waiting" }]]);
  });

  test("the error says what became of the credits", () => {
    const [state] = after(fail, "at-most-once", ...GIVING_BACK.map(settled));
    expect(state).toMatchObject({ error: { code: "content-rejected", phase: "polling", settlement: "released" } });
  });

  test("a job that may still finish is watched once the books are final", () => {
    expect(after(failWatched, "at-most-once", ...GIVING_BACK.map(settled))).toMatchObject([
      {
        name: "watching",
        settlement: "released",
        job,
        error: { code: "timed-out", settlement: "released" },
        questionsSent: 3,
        looks: 0,
        isAsking: false,
      },
      [{ type: "wait", key: "poll" }],
    ]);
  });
});

describe("a late delivery", () => {
  const late: Verdict = { kind: "deliver-late", videos, error: videoErrorData("timed-out"), settlement: "released" };

  test.each([
    ["saved", [settled("save-row")]],
    ["not saved", exhausted("save-row")],
  ] as const)("%s: ends failed with the settlement it had, and moves no credits", (_, payloads) => {
    expect(typesOf(after(late, "at-most-once"))).toEqual(["stop-waiting", "save-row"]);
    expect(after(late, "at-most-once", ...payloads)).toMatchObject([
      { name: "failed", settlement: "released", videos, error: { code: "timed-out" } },
      [],
    ]);
  });
});

describe("a step that failed", () => {
  const reach: Record<ClosingStep, readonly [Verdict, ...Said[]]> = {
    "save-row": [deliver],
    "update-row": [{ ...deliver, copies: ["https://copies.test/1.mp4"] }, settled("save-row")],
    "mark-row-failed": [fail],
    "capture-credits": [deliver, settled("save-row")],
    "release-credits": [fail],
    "close-slot": [fail],
    "mark-refunded": [fail, settled("release-credits")],
  };
  const STEPS = [
    "save-row",
    "update-row",
    "mark-row-failed",
    "capture-credits",
    "release-credits",
    "close-slot",
  ] as const;
  const ROWS_AND_SLOTS = ["save-row", "update-row", "mark-row-failed", "close-slot"] as const;
  const MONEY = ["capture-credits", "release-credits"] as const;

  test.each(STEPS)("%s: a certain refusal is tried again after a wait, the same, in every guarantee", (step) => {
    for (const guarantee of GUARANTEES) {
      const [verdict, ...before] = reach[step];
      const [waiting, effects] = after(verdict, guarantee, ...before, failed(step, "not-done"));
      expect(effects).toEqual([{ type: "wait", key: step, until: 2_750 }]);
      expect(waiting).toMatchObject({ steps: { [step]: { status: "waiting", attempt: 1, tries: 1 } } });
      const [running, repeated] = after(verdict, guarantee, ...before, failed(step, "not-done"), again(step));
      expect(repeated.map(({ type }) => type)).toEqual([step]);
      expect(running).toMatchObject({ steps: { [step]: { status: "running", attempt: 2, tries: 2 } } });
    }
  });

  test.each(ROWS_AND_SLOTS)(
    "%s: an unknown outcome is tried again in every guarantee, because it is set and not added to",
    (step) => {
      for (const guarantee of GUARANTEES) {
        const [verdict, ...before] = reach[step];
        expect(typesOf(after(verdict, guarantee, ...before, failed(step, "unknown")))).toEqual(["wait"]);
      }
    },
  );

  test.each(MONEY)("%s: an unknown outcome is never repeated without a key, and the settlement is unknown", (step) => {
    for (const guarantee of ["at-most-once", "reconciled"] as const) {
      const [verdict, ...before] = reach[step];
      const lost = [...before, failed(step, "unknown")];
      expect(typesOf(after(verdict, guarantee, ...lost))).toEqual([]);
      expect(typesOf(after(verdict, guarantee, ...lost, again(step)))).toEqual([]);
      const others = [settled("mark-row-failed"), settled("close-slot")];
      expect(after(verdict, guarantee, ...lost, ...others)[0]).toMatchObject({ settlement: "unknown" });
    }
  });

  test.each(MONEY)(
    "%s: under a key an unknown outcome is retried, and stays unknown when no attempt is answered",
    (step) => {
      const [verdict, ...before] = reach[step];
      const others = [settled("mark-row-failed"), settled("close-slot")];
      expect(typesOf(after(verdict, "exactly-once", ...before, failed(step, "unknown")))).toEqual(["wait"]);
      expect(after(verdict, "exactly-once", ...before, ...others, ...exhausted(step, "unknown"))[0]).toMatchObject({
        settlement: "unknown",
      });
      const lostThenRefused = [failed(step, "unknown"), again(step), ...exhausted(step).slice(2)];
      expect(after(verdict, "exactly-once", ...before, ...others, ...lostThenRefused)[0]).toMatchObject({
        settlement: "unknown",
      });
      const heard = after(
        verdict,
        "exactly-once",
        ...before,
        ...others,
        failed(step, "unknown"),
        again(step),
        settled(step),
      );
      expect(heard[0]).toMatchObject({ settlement: step === "capture-credits" ? "captured" : "released" });
    },
  );

  test("waits grow to half a minute, obey advice, and end after eight attempts", () => {
    const waits = Array.from({ length: DEFAULT_RETRY_LIMITS.settling - 1 }, (_, tries) => {
      const before = Array.from({ length: tries }, () => [
        failed("close-slot", "not-done"),
        again("close-slot"),
      ]).flat();
      return after(fail, "at-most-once", ...before, failed("close-slot", "not-done"))[1];
    });
    const untils = waits.map(([wait]) => (wait?.type === "wait" ? wait.until - 2_000 : 0));
    expect(untils).toEqual([750, 1_500, 3_000, 6_000, 12_000, 22_500, 22_500]);
    expect(after(fail, "at-most-once", failed("close-slot", "not-done", 300_000))[1]).toMatchObject([
      { until: 302_000 },
    ]);
    expect(typesOf(after(fail, "at-most-once", ...exhausted("close-slot")))).toEqual([]);
  });

  const refusedBy = (code: VideoErrorCode, certainty: Certainty = "not-done"): Said[] => [
    { type: "effect-failed", effect: "close-slot", certainty, error: videoErrorData(code) },
    again("close-slot"),
  ];
  const stepAfter = (...payloads: readonly Said[]) => {
    const [state] = after(fail, "at-most-once", ...payloads);
    return state.name === "settling" ? state.steps["close-slot"]?.status : state.name;
  };

  test("three certain refusals in a row by the same code end it, whatever they say", () => {
    const twice = [...refusedBy("settlement-failed"), ...refusedBy("settlement-failed")];
    expect(stepAfter(...twice)).toBe("running");
    expect(stepAfter(...twice, ...refusedBy("settlement-failed").slice(0, 1))).toBe("stuck");
    expect(stepAfter(...twice, ...refusedBy("internal").slice(0, 1))).toBe("waiting");
  });

  test.each([
    ["no answer", refusedBy("unreachable", "unknown")],
    ["an answer that cannot be read", refusedBy("protocol-mismatch", "unknown")],
    ["an overload", refusedBy("unreachable")],
    ["a user who is not signed in", refusedBy("not-signed-in")],
    ["too many requests", refusedBy("rate-limited")],
  ])("%s is not counted, and the count begins again after it", (_, other) => {
    expect(stepAfter(...other, ...other, ...other)).toBe("running");
    const refusals = refusedBy("settlement-failed");
    expect(stepAfter(...refusals, ...refusals, ...other, ...refusals, ...refusals)).toBe("running");
  });
});

describe("the mark of a row", () => {
  const markOf = (verdict: Verdict, more: Partial<GenerationPlan> = {}) => {
    const [, effects] = settle({ plan: { ...planOf("exactly-once"), ...more }, held: everything, verdict }, 1_000);
    const mark = effects.find(({ type }) => type === "mark-row-failed");
    return mark?.type === "mark-row-failed" ? [mark.mayDelete, mark.key] : undefined;
  };

  test("may be a deletion where no video can come any more", () => {
    expect(markOf(fail)).toEqual([true, "generation-1:row-outcome"]);
    expect(markOf(cancel)).toEqual([true, "generation-1:row-outcome"]);
  });

  test("is none while the job is watched, nor of a row that another device has begun, and has a key of its own", () => {
    expect(markOf(failWatched)).toEqual([false, "generation-1:row-mark"]);
    expect(markOf(fail, { isAdopted: true })).toEqual([false, "generation-1:row-mark"]);
  });
});

describe("what cannot matter while settling", () => {
  const [settling] = after(fail, "at-most-once", failed("close-slot", "not-done"));
  const payloads: readonly Said[] = [
    { type: "cancel-requested" },
    { type: "job-finished", videos },
    { type: "cancel-answered", answer: "removed" },
    { type: "wait-elapsed", key: "poll" },
    { type: "wait-elapsed", key: "retry" },
    again("mark-row-failed"),
    again("save-row"),
    settled("save-row"),
    failed("close-slot", "not-done"),
    failed("save-row", "not-done"),
    failed("attach-job", "unknown"),
  ];

  test.each(payloads)("$type $key $step $effect: the same reference, nothing to do", (payload) => {
    const [state, effects] = tell(settling, { ...payload, at: 2_000, random: 0.5 }, rules);
    expect(state).toBe(settling);
    expect(effects).toEqual([]);
  });
});
