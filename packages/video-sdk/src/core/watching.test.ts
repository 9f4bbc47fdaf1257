import { describe, expect, test } from "vitest";
import { atMostOnce as plan } from "./__fixtures__/plans.ts";
import { videoErrorData } from "../errors.ts";
import { tell, type Said } from "./__fixtures__/answering.ts";
import { defaultPollingPolicy } from "./polling-policy.ts";
import { decodeRecord, encodeRecord } from "./journal-record.ts";
import type { Effect } from "./effect.ts";
import { notAskedYet } from "./next-question.ts";
import type { GenerationState, GivingUp, Settling, Watching } from "./state.ts";
import { transition } from "./transition.ts";
import type { TransitionResult } from "./transition-result.ts";
import { watch, WATCH_LIMIT_MS } from "./watching.ts";

const MINUTE = 60_000;
const watching: Watching = {
  name: "watching",
  plan,
  held: { slotId: "slot-1", sessionId: "session-1", rowId: "row-1", credits: "held" },
  error: videoErrorData("timed-out", { settlement: "released" }),
  settlement: "released",
  decidedAt: 0,
  job: { requestId: "job-1" },
  acceptedAt: 0,
  questionsSent: 7,
  looks: 0,
  isAsking: false,
};
const RULES = { polling: defaultPollingPolicy };
const rateLimited = (retryAfterMs: number) => videoErrorData("rate-limited", { retryAfterMs });
const videos = ["https://videos.test/1.mp4"];
const missed = {
  type: "effect-failed",
  effect: "check-status",
  certainty: "unknown",
  error: videoErrorData("unreachable"),
} as const;

const after = (payload: Said, state = watching, at = 30 * MINUTE): TransitionResult =>
  tell(state, { ...payload, at, random: 0.5 }, RULES);

test("it looks at the job when the wait is over, and at no other wait", () => {
  const [state, effects] = after({ type: "wait-elapsed", key: "poll" });
  expect(state).toEqual({ ...watching, questionsSent: 8, isAsking: true, looks: 1 });
  expect(effects).toEqual([
    { type: "check-status", attempt: 8, job: { requestId: "job-1" }, model: "vid-veo-3.1-fast" },
  ]);
  expect(after({ type: "wait-elapsed", key: "close-slot" })).toEqual([watching, []]);
});

test.each([
  [0, 4],
  [1, 8],
  [2, 16],
  [3, 30],
  [50, 30],
])("after %i looks without a verdict the next one is %i minutes away, answered or not", (looks, minutes) => {
  for (const payload of [{ type: "job-pending" } as const, missed]) {
    const [state, effects] = after(payload, { ...watching, looks });
    expect(state).toEqual({ ...watching, looks: looks + 1, questionsSent: 8, notBefore: 30 * MINUTE + 2_000 });
    expect(effects).toEqual([{ type: "wait", key: "poll", until: (30 + minutes) * MINUTE }]);
  }
});

test("the first look is two minutes away", () => {
  expect(watch(watching, 30 * MINUTE)).toEqual([watching, [{ type: "wait", key: "poll", until: 32 * MINUTE }]]);
});

test("after a day it is over", () => {
  expect(after({ type: "job-pending" }, watching, WATCH_LIMIT_MS - 1)[0]).toMatchObject({ name: "watching" });
  expect(after({ type: "job-pending" }, watching, WATCH_LIMIT_MS)[0]).toMatchObject({
    name: "failed",
    settlement: "released",
  });
  expect(watch(watching, WATCH_LIMIT_MS)[0]).toMatchObject({ name: "failed" });
});

test("a late video is saved to its row; no credits are moved and the error stays", () => {
  const [state, effects] = after({ type: "job-finished", videos });
  const verdict = { kind: "deliver-late", videos, error: watching.error, settlement: "released" };
  expect(state).toMatchObject({ name: "settling", verdict });
  expect(effects).toMatchObject([
    { type: "stop-waiting" },
    { type: "save-row", rowId: "row-1", videos, key: "generation-1:row-late" },
  ]);
});

describe("news of the job", () => {
  const woken = { type: "woken" } as const;
  const pending = { type: "job-pending" } as const;
  const at = 30 * MINUTE;
  const asking = { ...watching, questionsSent: 8, isAsking: true };

  test("are asked about at once, and that look does not count among the planned ones", () => {
    const [state, effects] = after(woken);
    expect(state).toEqual(asking);
    expect(effects).toMatchObject([{ type: "check-status", attempt: 8 }]);
  });

  test.each([
    ["two seconds after the last answer", pending, 2_000],
    ["when the advice of the last answer is over", { ...missed, error: rateLimited(9_000) }, 9_000],
    ["half an hour after advice that is absurd", { ...missed, error: rateLimited(1e12) }, 30 * MINUTE],
  ])("are asked about %s at the earliest, however often they come", (_, answer, ms) => {
    const [answered] = transition(asking, { ...answer, attempt: 8, at, random: 0.5 }, RULES);
    const [waiting, waits] = after(woken, answered as Watching, at + 500);
    expect(waits).toEqual([{ type: "wait", key: "poll", until: at + ms }]);
    expect(after(woken, waiting as Watching, at + 600)).toEqual([waiting, []]);
    expect(decodeRecord(encodeRecord(waiting))).toMatchObject({ state: { isWoken: true } });
    const [state, effects] = after({ type: "wait-elapsed", key: "poll" }, waiting as Watching, at + ms);
    expect(state).toMatchObject({ isAsking: true, looks: 0, isWoken: undefined });
    expect(effects).toMatchObject([{ type: "check-status", attempt: 9 }]);
  });

  test("that come while a question is out are asked about after its answer, which may be older", () => {
    const [state] = after(woken, asking);
    expect(after(woken, state as Watching)).toEqual([state, []]);
    const [next, effects] = transition(state, { ...pending, attempt: 8, at, random: 0.5 }, RULES);
    expect(effects).toEqual([{ type: "wait", key: "poll", until: at + 2_000 }]);
    expect(next).toMatchObject({ isAsking: false, isWoken: true, looks: 0 });
  });

  test("that come while the job is given up, or its books are settled, are asked about once it is watched", () => {
    const { plan, held, decidedAt, error, job, acceptedAt, questionsSent } = watching;
    const late = { job, acceptedAt, questionsSent };
    const steps = { "close-slot": { status: "running", attempt: 1, tries: 1, isUnsure: false } } as const;
    const settling: Settling = {
      ...{ name: "settling", plan, held, decidedAt, steps },
      verdict: { kind: "fail", error, watch: late },
    };
    const poll = { ...notAskedYet(0), questionsSent, cancelsSent: 1 };
    const row = { slotId: "slot-1", sessionId: "session-1", rowId: "row-1" };
    const givingUp: GivingUp = {
      ...{ name: "giving-up", plan, ...row, job, acceptedAt, poll },
      ...{ isCanceling: false, isSlow: true, isAttached: true },
    };
    for (const state of [settling, givingUp]) {
      const [told, none] = tell(state, { ...woken, at, random: 0.5 }, RULES);
      expect([none, tell(told, { ...woken, at, random: 0.5 }, RULES)]).toEqual([[], [told, []]]);
      expect(decodeRecord(encodeRecord(told))).toMatchObject({ kind: "state" });
      let [next] = [told];
      let effects: readonly Effect[] = [{ type: "cancel-job", job, attempt: 1, model: plan.request.model }];
      if (next.name === "giving-up")
        [next, effects] = tell(next, { type: "cancel-answered", answer: "unsupported", at, random: 0.5 }, RULES);
      for (const step of ["mark-row-failed", "release-credits", "close-slot"] as const)
        if (next.name === "settling" && next.steps[step] !== undefined)
          [next, effects] = tell(next, { type: "step-settled", step, at, random: 0.5 }, RULES);
      expect(next).toMatchObject({ name: "watching", isWoken: true });
      expect(effects).toContainEqual({ type: "wait", key: "poll", until: at + 100 });
    }
  });

  test("a thousand times in a day end no watch, and those of a job whose day is over end it", () => {
    let state: GenerationState = watching;
    for (let time = 0; time < 1_000; time++) {
      [state] = after(woken, state as Watching, time * MINUTE);
      const { questionsSent: attempt } = state as Watching;
      [state] = transition(state, { ...pending, attempt, at: time * MINUTE, random: 0.5 }, RULES);
    }
    expect(state).toMatchObject({ name: "watching", looks: 0 });
    const [answered] = transition(asking, { ...pending, attempt: 8, at: WATCH_LIMIT_MS - 1, random: 0.5 }, RULES);
    expect(after(woken, answered as Watching, WATCH_LIMIT_MS)[0]).toMatchObject({ name: "failed" });
  });
});

describe("it is over without a video", () => {
  test.each([
    { type: "job-finished", videos: [] },
    { type: "job-failed", error: videoErrorData("provider-failed") },
    { type: "cancel-requested" },
  ] as const)("$type: failed as it was, with nothing left to wait for", (payload) => {
    const { plan, held, decidedAt, error, settlement } = watching;
    expect(after(payload)).toEqual([
      { name: "failed", plan, held, decidedAt, error, settlement, videos: [] },
      [{ type: "stop-waiting" }],
    ]);
  });
});

test.each([
  { type: "cancel-answered", answer: "removed" },
  { type: "step-settled", step: "close-slot" },
  { type: "job-attached" },
  { ...missed, effect: "attach-job" },
] as const)("$type cannot matter", (payload) => {
  const [state, effects] = after(payload);
  expect(state).toBe(watching);
  expect(effects).toEqual([]);
});
