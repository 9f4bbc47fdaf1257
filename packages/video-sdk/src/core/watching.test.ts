import { describe, expect, test } from "vitest";
import { atMostOnce as plan } from "./__fixtures__/plans.ts";
import { videoErrorData } from "../errors.ts";
import { tell, type Said } from "./__fixtures__/answering.ts";
import { defaultPollingPolicy } from "./polling-policy.ts";
import type { Watching } from "./state.ts";
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
const videos = ["https://videos.test/1.mp4"];
const missed = {
  type: "effect-failed",
  effect: "check-status",
  certainty: "unknown",
  error: videoErrorData("unreachable"),
} as const;

const after = (payload: Said, state = watching, at = 30 * MINUTE): TransitionResult =>
  tell(state, { ...payload, at, random: 0.5 }, { polling: defaultPollingPolicy });

test("it looks at the job when the wait is over, and at no other wait", () => {
  const [state, effects] = after({ type: "wait-elapsed", key: "poll" });
  expect(state).toEqual({ ...watching, questionsSent: 8, isAsking: true });
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
    expect(state).toEqual({ ...watching, looks: looks + 1, questionsSent: 8 });
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
