// Refusals that the routes' map calls a verdict: believed when they come twice, and never a reason to lose a video that comes all the same.
import { describe, expect, test } from "vitest";
import { videoErrorData } from "../errors.ts";
import { tell, type Said } from "./__fixtures__/answering.ts";
import { atMostOnce as plan } from "./__fixtures__/plans.ts";
import { decodeRecord, encodeRecord } from "./journal-record.ts";
import { notAskedYet } from "./next-question.ts";
import { FORBIDDEN_APART_MS, REFUSED_APART_MS } from "./polling.ts";
import { defaultPollingPolicy } from "./polling-policy.ts";
import { resume } from "./resume.ts";
import type { GenerationState, Polling } from "./state.ts";
import type { TransitionResult } from "./transition-result.ts";

const MINUTE = 60_000;
const HARD_MS = 30 * MINUTE;
const rules = { polling: defaultPollingPolicy };
const polling: Polling = {
  name: "polling",
  plan,
  isCanceling: false,
  slotId: "slot-1",
  sessionId: "session-1",
  rowId: "row-1",
  job: { requestId: "job-1" },
  acceptedAt: 0,
  isSlow: false,
  isAttached: true,
  poll: { ...notAskedYet(0), answers: 1, questionsSent: 1 },
};

const TEXT = "The content was flagged.";
const refused = (status = 422, text = TEXT): Said => ({ type: "job-refused", status, text });
const missed: Said = {
  type: "effect-failed",
  effect: "check-status",
  certainty: "unknown",
  error: videoErrorData("unreachable"),
};
const PENDING: Said = { type: "job-pending" };
const CANCEL: Said = { type: "cancel-requested" };
const VIDEO: Said = { type: "job-finished", videos: ["https://videos.test/1.mp4"] };

type Moment = readonly [said: Said, at: number];

/** What these events lead to, each at its time. A question is sent before an answer to it. */
function after(state: GenerationState, ...moments: readonly Moment[]): TransitionResult {
  const first: TransitionResult = [state, []];
  return moments.reduce<TransitionResult>(
    ([before], [said, at]) => tell(before, { ...said, at, random: 0.5 }, rules),
    first,
  );
}

const APART = [
  [400, REFUSED_APART_MS],
  [403, FORBIDDEN_APART_MS],
  [404, REFUSED_APART_MS],
  [422, REFUSED_APART_MS],
] as const;

describe("two equal refusals", () => {
  test.each(APART)(
    "of %i, %i ms apart, end the job as failed with the text as its message, and it stays watched",
    (status, apartMs) => {
      const [state, effects] = after(polling, [refused(status), MINUTE], [refused(status), MINUTE + apartMs]);
      expect(state).toMatchObject({
        name: "settling",
        verdict: {
          kind: "fail",
          error: { code: "provider-failed", message: TEXT, phase: "polling", details: { status, text: TEXT } },
          watch: { job: { requestId: "job-1" }, acceptedAt: 0, questionsSent: 3 },
        },
      });
      expect(effects.map(({ type }) => type)).toEqual([
        "stop-waiting",
        "mark-row-failed",
        "release-credits",
        "close-slot",
      ]);
    },
  );

  test.each(APART)("of %i: the second question is due %i ms later, and asks for a fresh token", (status, apartMs) => {
    const [state, effects] = after(polling, [refused(status), MINUTE]);
    expect(state).toMatchObject({ name: "polling", poll: { refusal: { status, text: TEXT }, misses: 0 } });
    expect(effects).toEqual([{ type: "wait", key: "poll", until: MINUTE + apartMs }]);
    const [woken, none] = after(state, [{ type: "woken" }, MINUTE + apartMs - 1]);
    expect([woken, none]).toEqual([state, []]);
    const [, asked] = after(state, [{ type: "wait-elapsed", key: "poll" }, MINUTE + apartMs]);
    expect(asked).toMatchObject([{ type: "check-status", needsFreshToken: true }]);
  });

  test("an ordinary question asks for no fresh token", () => {
    const [, asked] = after(polling, [{ type: "wait-elapsed", key: "poll" }, MINUTE]);
    expect(asked).toMatchObject([{ type: "check-status" }]);
    expect(asked[0]).not.toHaveProperty("needsFreshToken", true);
  });

  test("after a cancel of the user they settle it as canceled", () => {
    const [state] = after(polling, [CANCEL, MINUTE], [refused(), MINUTE], [refused(), 2 * MINUTE]);
    expect(state).toMatchObject({ name: "settling", verdict: { kind: "cancel" } });
  });

  test("are counted across a restart", () => {
    const [first] = after(polling, [refused(), MINUTE]);
    const decoded = decodeRecord(encodeRecord(first));
    if (decoded.kind !== "state") throw new Error("It cannot be read.");
    expect(decoded.state).toMatchObject({ poll: { refusal: { status: 422, text: TEXT, ageMs: MINUTE } } });
    const [asked, effects] = resume(decoded.state, { at: 1.5 * MINUTE, random: 0.5 }, rules);
    expect(effects).toMatchObject([{ type: "check-status", needsFreshToken: true }]);
    expect(after(asked, [refused(), 1.5 * MINUTE])[0]).toMatchObject({ name: "settling", verdict: { kind: "fail" } });
    // Hours on a wall clock may be one second: then it is asked once more.
    const [late] = resume(decoded.state, { at: 300 * MINUTE, random: 0.5 }, rules);
    const [again, wait] = after(late, [refused(), 300 * MINUTE]);
    expect(wait).toEqual([{ type: "wait", key: "poll", until: 300 * MINUTE + REFUSED_APART_MS }]);
    const settled = after(again, [refused(), 300 * MINUTE + REFUSED_APART_MS]);
    expect(settled[0]).toMatchObject({ name: "settling", verdict: { kind: "fail" } });
  });
});

describe("a job goes on after", () => {
  test.each<[string, readonly Moment[]]>([
    ["one refusal", [[refused(), MINUTE]]],
    [
      "a second one that comes too early",
      [
        [refused(), MINUTE],
        [refused(), MINUTE + REFUSED_APART_MS - 1],
      ],
    ],
    [
      "a second 403 within a minute",
      [
        [refused(403), MINUTE],
        [refused(403), MINUTE + FORBIDDEN_APART_MS - 1],
      ],
    ],
    [
      "a second one with another text",
      [
        [refused(), MINUTE],
        [refused(422, "Another."), 3 * MINUTE],
      ],
    ],
    [
      "a second one with another status",
      [
        [refused(), MINUTE],
        [refused(400), 3 * MINUTE],
      ],
    ],
    [
      "a pending answer between two of them",
      [
        [refused(), MINUTE],
        [PENDING, 2 * MINUTE],
        [refused(), 3 * MINUTE],
      ],
    ],
    [
      "a missed question between two of them",
      [
        [refused(), MINUTE],
        [missed, 2 * MINUTE],
        [refused(), 3 * MINUTE],
      ],
    ],
    [
      "another refusal between two of them",
      [
        [refused(), MINUTE],
        [refused(400), 2 * MINUTE],
        [refused(), 3 * MINUTE],
      ],
    ],
  ])("%s", (_, moments) => {
    expect(after(polling, ...moments)[0]).toMatchObject({ name: "polling" });
  });

  test("a clock that is set back, which counts no time towards the second", () => {
    const [state] = after(polling, [refused(), 10 * MINUTE], [refused(), MINUTE]);
    expect(state).toMatchObject({ name: "polling" });
  });
});

describe("past the hard limit", () => {
  const different = (at: number): Moment => [refused(422, `At ${at}.`), at];

  test("refusals count like pending answers: two of them, half a minute apart, and the provider is asked to cancel", () => {
    const [state, effects] = after(polling, different(HARD_MS), different(HARD_MS + 30_000));
    expect(state.name).toBe("giving-up");
    expect(effects.map(({ type }) => type)).toEqual(["stop-waiting", "cancel-job"]);
    expect(after(polling, different(HARD_MS), [PENDING, HARD_MS + 30_000])[0].name).toBe("giving-up");
  });

  test("missed questions never do", () => {
    const misses = Array.from({ length: 500 }, (_, index): Moment => [missed, HARD_MS + index * MINUTE]);
    expect(after(polling, ...misses)[0].name).toBe("polling");
  });
});

test("a video that comes after two refusals is delivered to its row, as after a timeout: no credits are moved and the error stays", () => {
  const [settling] = after(polling, [refused(), MINUTE], [refused(), 2 * MINUTE]);
  const [watching] = after(
    settling,
    [{ type: "step-settled", step: "mark-row-failed" }, 2 * MINUTE],
    [{ type: "step-settled", step: "release-credits" }, 2 * MINUTE],
    [{ type: "step-settled", step: "close-slot" }, 2 * MINUTE],
  );
  expect(watching).toMatchObject({ name: "watching", settlement: "released" });
  const [still] = after(watching, [refused(), 10 * MINUTE]);
  expect(still).toMatchObject({ name: "watching", looks: 1 });
  const [late, effects] = after(still, [VIDEO, 20 * MINUTE]);
  expect(late).toMatchObject({
    name: "settling",
    verdict: { kind: "deliver-late", error: { code: "provider-failed" } },
  });
  expect(effects).toMatchObject([{ type: "stop-waiting" }, { type: "save-row", isLate: true }]);
});
