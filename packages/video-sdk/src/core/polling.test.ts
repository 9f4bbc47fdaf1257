import type { CancelAnswer } from "../ports.ts";
import { describe, expect, test } from "vitest";
import { atMostOnce as plan } from "./__fixtures__/plans.ts";
import { decodeRecord, encodeRecord } from "./journal-record.ts";
import { videoErrorData, type VideoErrorCode } from "../errors.ts";
import { notAskedYet } from "./next-question.ts";
import { tell, type Said } from "./__fixtures__/answering.ts";
import { LOST_AFTER_MS, LOST_ANSWERS, OVERDUE_ANSWERS, OVERDUE_APART_MS } from "./polling.ts";
import { defaultPollingPolicy, type PollDecision, type PollContext } from "./polling-policy.ts";
import { resume } from "./resume.ts";
import { snapshotOf } from "./snapshot.ts";
import type { GivingUp, Polling } from "./state.ts";
import type { TransitionResult } from "./transition-result.ts";
import { transition } from "./transition.ts";

const MINUTE = 60_000;
const HARD_MS = 30 * MINUTE;
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
  poll: { ...notAskedYet(0), answers: 1, questionsSent: 2, isAsking: true },
};
const idle: Polling = { ...polling, poll: { ...polling.poll, isAsking: false } };
const givingUp: GivingUp = {
  ...idle,
  name: "giving-up",
  poll: { ...idle.poll, overdue: { count: OVERDUE_ANSWERS, at: HARD_MS } },
};

const PENDING = { type: "job-pending" } as const;
const VIDEO = { type: "job-finished", videos: ["https://videos.test/1.mp4"] } as const;
const CANCEL = { type: "cancel-requested" } as const;
const ASK = { type: "wait-elapsed", key: "poll" } as const;
const answered = (answer: CancelAnswer) => ({ type: "cancel-answered", answer }) as const;
const missed = (code: VideoErrorCode = "unreachable", retryAfterMs?: number): Said => ({
  type: "effect-failed",
  effect: "check-status",
  certainty: "unknown",
  error: videoErrorData(code, { retryAfterMs }),
});
const cancelFailed = {
  type: "effect-failed",
  effect: "cancel-job",
  certainty: "unknown",
  error: videoErrorData("unreachable"),
} as const;
/** The next question about the job of `idle` or `polling`. */
const ASKED = [{ type: "check-status", attempt: 3, job: { requestId: "job-1" }, model: "vid-veo-3.1-fast" }];
const ASKS_AT = (until: number) => [{ type: "wait", key: "poll", until }];
const FAILED_STEPS = ["stop-waiting", "mark-row-failed", "release-credits", "close-slot"];

type Moment = Said & { readonly at?: number };

/** The last transition of these events, one second after the start by default. */
function after(state: Polling | GivingUp, ...moments: readonly Moment[]): TransitionResult {
  const rules = { polling: defaultPollingPolicy };
  const first: TransitionResult = [state, []];
  return moments.reduce<TransitionResult>(
    ([before], moment) => tell(before, { at: 1_000, random: 0.5, ...moment }, rules),
    first,
  );
}

const typesOf = ([, effects]: TransitionResult): readonly string[] => effects.map(({ type }) => type);

describe("asking", () => {
  test("one question at a time: a wait that elapses while one is out asks nothing", () => {
    expect(after(idle, ASK)).toMatchObject([{ poll: { isAsking: true } }, ASKED]);
    expect(after(polling, ASK)).toEqual([polling, []]);
    expect(after(idle, { type: "wait-elapsed", key: "retry" })).toEqual([idle, []]);
  });

  test("a pending answer plans the next question by the policy and forgets the misses", () => {
    const [state, effects] = after({ ...polling, poll: { ...polling.poll, misses: 4 } }, { ...PENDING, at: MINUTE });
    expect(state).toMatchObject({ name: "polling", poll: { answers: 2, misses: 0, isAsking: false } });
    expect(effects).toEqual([{ type: "wait", key: "poll", until: MINUTE + 5_000 }]);
  });

  test("the answer's advice is the floor of the next wait", () => {
    expect(after(polling, { ...PENDING, hintMs: 40_000, at: MINUTE })[1]).toEqual([
      { type: "wait", key: "poll", until: 100_000 },
    ]);
    expect(after(polling, { ...missed("rate-limited", 40_000), at: MINUTE })[1]).toEqual([
      { type: "wait", key: "poll", until: 100_000 },
    ]);
  });

  test("the policy gets what is known, and nothing else", () => {
    const seen: PollContext[] = [];
    const rules = {
      polling: (situation: PollContext): PollDecision => (
        seen.push(situation),
        { waitMs: 1_000, isSlow: true, isOverdue: false }
      ),
    };
    const [state] = tell(polling, { ...missed("unreachable", 700), at: 90_000, random: 0.25 }, rules);
    const expectedMs = { p50: 60_000, p95: 180_000 };
    expect(seen).toEqual([
      { model: "vid-veo-3.1-fast", expectedMs, attempt: 1, misses: 1, elapsedMs: 90_000, random: 0.25, hintMs: 700 },
    ]);
    expect(state).toMatchObject({ isSlow: true });
  });

  test("a wall clock that was set back does not make the job younger than it is", () => {
    const seen: number[] = [];
    const rules = {
      polling: (situation: PollContext) => (seen.push(situation.elapsedMs), defaultPollingPolicy(situation)),
    };
    const poll = { ...polling.poll, activeMs: 40_000, countedAt: 50_000 };
    const [back] = tell({ ...polling, poll }, { ...PENDING, at: 1_000, random: 0.5 }, rules);
    expect(new Set(seen)).toEqual(new Set([40_000]));
    tell(back, { ...PENDING, at: 11_000, random: 0.5 }, rules);
    expect(seen.at(-1)).toBe(50_000);
  });

  test("a wall clock that was set forward adds the planned wait once its timer is over, and nothing before that", () => {
    const poll = { ...idle.poll, activeMs: 40_000, countedAt: 50_000, waitMs: 60_000 };
    const waiting: Polling = { ...idle, isAttached: false, poll };
    const moment = { random: 0.5, at: 7_200_000 };
    const rules = { polling: defaultPollingPolicy };
    const [stepped] = transition(waiting, { type: "job-attached", attempt: 1, ...moment }, rules);
    expect(stepped).toMatchObject({ poll: { activeMs: 40_000, waitMs: 60_000 } });
    const [asked] = transition(stepped, { ...ASK, random: 0.5, at: 7_250_000 }, rules);
    expect(asked).toMatchObject({ poll: { activeMs: 90_000 } });
    expect(transition(waiting, { ...ASK, ...moment }, rules)[0]).toMatchObject({ poll: { activeMs: 100_000 } });
    const [resumed] = resume(waiting, moment, rules);
    expect(resumed).toMatchObject({ poll: { activeMs: 40_000, isAsking: true } });
  });

  test.each([
    [0, 100],
    [-5_000, 100],
    [Number.NEGATIVE_INFINITY, 100],
    [Number.NaN, 10_000],
    [Number.POSITIVE_INFINITY, 3_600_000],
    [2_147_483_648, 3_600_000],
  ])("a policy that wants to wait %s ms waits %i: it neither spins nor stops", (waitMs, actualMs) => {
    const rules = { polling: (): PollDecision => ({ waitMs, isSlow: false, isOverdue: false }) };
    const [, effects] = tell(polling, { ...PENDING, at: 1_000, random: 0.5 }, rules);
    expect(effects).toEqual([{ type: "wait", key: "poll", until: 1_000 + actualMs }]);
  });

  test("past the soft limit it says slow and goes on", () => {
    expect(after(polling, { ...PENDING, at: 5 * MINUTE })).toMatchObject([
      { name: "polling", isSlow: true },
      [{ type: "wait" }],
    ]);
    expect(after(polling, { ...missed(), at: 5 * MINUTE })).toMatchObject([
      { name: "polling", isSlow: true },
      [{ type: "wait" }],
    ]);
  });
});

describe("the row's note of the job", () => {
  test("is sent again with each question until it is known to be there", () => {
    const unattached = { ...idle, isAttached: false };
    const attachFailed: Moment = {
      ...missed(),
      type: "effect-failed",
      effect: "attach-job",
      certainty: "unknown",
      error: videoErrorData("internal"),
    };
    expect(after(unattached, attachFailed)).toEqual([unattached, []]);
    expect(after(unattached, ASK)[1]).toEqual([
      { type: "attach-job", attempt: 1, rowId: "row-1", job: { requestId: "job-1" } },
      ...ASKED,
    ]);
    expect(after(unattached, { type: "job-attached" }, ASK)[1]).toEqual(ASKED);
    expect(after(idle, { type: "job-attached" })).toEqual([idle, []]);
  });
});

describe("a verdict", () => {
  test("a video is delivered, also when nothing was asked just now", () => {
    for (const state of [polling, idle, givingUp]) {
      expect(after(state, VIDEO)).toMatchObject([
        { name: "settling", verdict: { kind: "deliver", videos: VIDEO.videos } },
        [{}, { type: "save-row" }],
      ]);
    }
  });

  test("success without a video is a failure", () => {
    const step = after(polling, { type: "job-finished", videos: [] });
    expect(step[0]).toMatchObject({ verdict: { kind: "fail", error: { code: "result-missing", phase: "polling" } } });
    expect(typesOf(step)).toEqual(FAILED_STEPS);
  });

  test("the provider's failure fails the generation", () => {
    for (const state of [polling, givingUp]) {
      const step = after(state, { type: "job-failed", error: videoErrorData("content-rejected") });
      expect(step[0]).toMatchObject({
        verdict: { kind: "fail", error: { code: "content-rejected", phase: "polling" } },
      });
      expect(typesOf(step)).toEqual(FAILED_STEPS);
    }
  });
});

describe("a missed question is never a verdict", () => {
  test.each([
    "unreachable",
    "rate-limited",
    "provider-unavailable",
    "not-signed-in",
    "internal",
    "protocol-mismatch",
    "invalid-request",
    "model-retired",
    "timed-out",
  ] as const)("%s, a thousand times over a day, only slows", (code) => {
    const misses = Array.from({ length: 1_000 }, (_, index) => ({ ...missed(code), at: index * 86_400 }));
    expect(after(polling, ...misses)).toMatchObject([
      { name: "polling", poll: { misses: 1_000 } },
      [{ type: "wait", key: "poll" }],
    ]);
  });

  test("a job that the route does not know is lost after five such answers in a row over five minutes", () => {
    const over = (ms: number, count: number): Moment[] =>
      Array.from({ length: count }, (_, index) => ({
        ...missed("not-found"),
        at: Math.round((index * ms) / (count - 1)),
      }));
    expect(after(polling, ...over(LOST_AFTER_MS, LOST_ANSWERS))[0]).toMatchObject({
      name: "settling",
      verdict: {
        kind: "fail",
        error: { code: "not-found", phase: "polling", message: "The provider no longer knows this job." },
      },
    });
    expect(after(polling, ...over(LOST_AFTER_MS, LOST_ANSWERS - 1))[0]).toMatchObject({ name: "polling" });
    expect(after(polling, ...over(LOST_AFTER_MS - 1, 50))[0]).toMatchObject({ name: "polling" });
  });

  test.each([
    ["a pending answer", PENDING],
    ["another error", missed()],
  ] as const)("%s between two of them starts the count again", (_, between) => {
    const fourth = Array.from({ length: 4 }, (__, index) => ({ ...missed("not-found"), at: index * MINUTE }));
    const step = after(polling, ...fourth, { ...between, at: 4 * MINUTE }, { ...missed("not-found"), at: 6 * MINUTE });
    expect(step[0]).toMatchObject({ name: "polling", poll: { lost: { count: 1, since: 6 * MINUTE } } });
  });

  test("a lost job that the user canceled is settled as canceled", () => {
    const lost = Array.from({ length: LOST_ANSWERS }, (_, index) => ({
      ...missed("not-found"),
      at: index * 2 * MINUTE,
    }));
    expect(after({ ...polling, isCanceling: true }, ...lost)[0]).toMatchObject({ verdict: { kind: "cancel" } });
  });
});

describe("past the hard limit", () => {
  const late = (sinceMs: number): Moment => ({ ...PENDING, at: HARD_MS + sinceMs });

  test("it takes two fresh pending answers, half a minute apart; then the provider is asked to cancel", () => {
    expect(after(polling, late(0))[0]).toMatchObject({ name: "polling", poll: { overdue: { count: 1 } } });
    expect(after(polling, late(0), late(OVERDUE_APART_MS - 1))[0]).toMatchObject({
      name: "polling",
      poll: { overdue: { count: 1, at: HARD_MS } },
    });
    const step = after(polling, late(0), late(OVERDUE_APART_MS));
    expect(step[0]).toMatchObject({ name: "giving-up", poll: { overdue: { count: OVERDUE_ANSWERS } } });
    expect(typesOf(step)).toEqual(["stop-waiting", "cancel-job"]);
  });

  test("hours of silence count for nothing, and eight hours of sleep are followed by questions", () => {
    const silent = Array.from({ length: 100 }, (_, index) => ({ ...missed(), at: HARD_MS + index * MINUTE }));
    expect(after(polling, ...silent)[0]).toMatchObject({ name: "polling", poll: { overdue: undefined } });
    expect(after(idle, { ...ASK, at: 8 * 60 * MINUTE })[1]).toEqual(ASKED);
    expect(after(idle, { ...ASK, at: 8 * 60 * MINUTE }, { ...PENDING, at: 8 * 60 * MINUTE })[0]).toMatchObject({
      name: "polling",
    });
  });

  test("silence between the two answers does not start the count again", () => {
    expect(after(polling, late(0), { ...missed(), at: HARD_MS + MINUTE }, late(2 * MINUTE))[0]).toMatchObject({
      name: "giving-up",
    });
  });

  test("removed: failed by timeout, nothing is left to watch", () => {
    const step = after(givingUp, answered("removed"));
    expect(step[0]).toMatchObject({
      name: "settling",
      verdict: { kind: "fail", error: { code: "timed-out", phase: "polling" } },
    });
    expect(step[0]).toMatchObject({ verdict: { watch: undefined } });
    expect(typesOf(step)).toEqual(FAILED_STEPS);
  });

  test.each([
    ["requested", answered("requested")],
    ["unsupported", answered("unsupported")],
    ["no answer", cancelFailed],
  ] as const)("%s: failed by timeout, and the job stays watched", (_, answer) => {
    expect(after(givingUp, answer)[0]).toMatchObject({
      name: "settling",
      verdict: { kind: "fail", error: { code: "timed-out" }, watch: { job: { requestId: "job-1" }, acceptedAt: 0 } },
    });
  });

  test("too late: it is asked once more at once, and two fresh pending answers later it is given up for good", () => {
    const again = after(givingUp, answered("too-late"));
    expect(again).toMatchObject([{ name: "polling", poll: { isAsking: true, overdue: undefined } }, ASKED]);
    expect(after(givingUp, answered("too-late"), VIDEO)[0]).toMatchObject({ verdict: { kind: "deliver" } });
    expect(after(givingUp, answered("too-late"), late(0))[0]).toMatchObject({ name: "polling" });
    const second = [answered("too-late"), late(0), late(OVERDUE_APART_MS)] as const;
    expect(after(givingUp, ...second)[0]).toMatchObject({ name: "giving-up" });
    expect(after(givingUp, ...second, answered("too-late"))[0]).toMatchObject({ verdict: { kind: "fail", watch: {} } });
  });

  test.each([ASK, PENDING, missed(), { type: "job-attached" }] as const)(
    "while giving up, $type changes nothing",
    (payload) => {
      expect(after(givingUp, payload)).toEqual([givingUp, []]);
    },
  );

  test("a cancel of the user is not lost while giving up, and is not sent a second time", () => {
    const canceling = after(givingUp, CANCEL);
    expect(canceling).toMatchObject([{ name: "giving-up", isCanceling: true }, []]);
    expect(after(givingUp, CANCEL, CANCEL)).toEqual(canceling);
    expect(after(givingUp, CANCEL, answered("too-late"))[0]).toMatchObject({ name: "polling", isCanceling: true });
    for (const answer of [answered("removed"), answered("requested"), answered("unsupported"), cancelFailed]) {
      expect(after(givingUp, CANCEL, answer)[0]).toMatchObject({ name: "settling", verdict: { kind: "cancel" } });
    }
  });
});

describe("cancel", () => {
  test("asks the provider once and goes on asking about the job", () => {
    const [state, effects] = after(idle, CANCEL);
    expect(state).toMatchObject({ name: "polling", isCanceling: true });
    expect(effects).toEqual([
      { type: "cancel-job", attempt: 1, job: { requestId: "job-1" }, model: "vid-veo-3.1-fast" },
    ]);
    expect(after(idle, CANCEL, CANCEL)).toEqual([state, []]);
    expect(after(idle, CANCEL, answered("requested"), ASK)[1]).toEqual(ASKED);
  });

  test("a cancel without an answer is sent again with each question, five times in all", () => {
    const pending = { type: "job-pending" } as const;
    const asked = (times: number) => Array.from({ length: times }, () => [ASK, pending]).flat();
    expect(typesOf(after(idle, CANCEL, ASK))).toEqual(["cancel-job", "check-status"]);
    expect(typesOf(after(idle, CANCEL, ...asked(3), ASK))).toEqual(["cancel-job", "check-status"]);
    expect(typesOf(after(idle, CANCEL, ...asked(4), ASK))).toEqual(["check-status"]);
  });

  test("a row that refuses the job's id for good is not asked again; one that was not reached is", () => {
    const refused = (certainty: "not-done" | "unknown", code: VideoErrorCode): Said => ({
      type: "effect-failed",
      effect: "attach-job",
      certainty,
      error: videoErrorData(code),
    });
    const unattached = { ...idle, isAttached: false };
    expect(typesOf(after(unattached, refused("not-done", "not-found"), ASK))).toEqual(["check-status"]);
    expect(typesOf(after(unattached, refused("unknown", "unreachable"), ASK))).toEqual(["attach-job", "check-status"]);
    expect(typesOf(after(unattached, refused("not-done", "unreachable"), ASK))).toEqual(["attach-job", "check-status"]);
  });

  test("removed: settled as canceled, the credits released", () => {
    const step = after(polling, CANCEL, answered("removed"));
    expect(step[0]).toMatchObject({ name: "settling", verdict: { kind: "cancel" }, held: { credits: "held" } });
    expect(typesOf(step)).toEqual(FAILED_STEPS);
  });

  test.each([answered("requested"), answered("unsupported"), cancelFailed] as const)(
    "$type $answer: the job decides",
    (answer) => {
      const [canceling] = after(polling, CANCEL);
      const isAnswered = answer.type === "cancel-answered";
      const heard = canceling.name === "polling" && {
        ...canceling,
        poll: { ...canceling.poll, isCancelAnswered: isAnswered },
      };
      expect(after(polling, CANCEL, answer)).toEqual([heard, []]);
      expect(after(idle, CANCEL, answer)[1]).toEqual([]);
      expect(after(polling, CANCEL, answer, VIDEO)[0]).toMatchObject({ verdict: { kind: "deliver" } });
      const failure = { type: "job-failed", error: videoErrorData("provider-failed") } as const;
      expect(after(polling, CANCEL, answer, failure)[0]).toMatchObject({ verdict: { kind: "cancel" } });
      expect(after(polling, CANCEL, answer, { type: "job-finished", videos: [] })[0]).toMatchObject({
        verdict: { kind: "cancel" },
      });
    },
  );

  test("too late: the video may be there, so it is asked for at once, unless a question is out", () => {
    expect(after(idle, CANCEL, answered("too-late"))[1]).toEqual(ASKED);
    expect(after(polling, CANCEL, answered("too-late"))[1]).toEqual([]);
  });

  test("an answer without a question changes nothing", () => {
    expect(after(polling, answered("removed"))).toEqual([polling, []]);
  });
});

describe("a pause", () => {
  const WOKEN = { type: "woken" } as const;

  test("a return to the app asks at once, though not before advice or two seconds are over", () => {
    expect(after(idle, WOKEN)[1]).toEqual(ASKED);
    const [answered] = after(polling, { ...PENDING, at: 10_000 });
    expect(after(answered as Polling, { ...WOKEN, at: 11_999 })[1]).toEqual(ASKS_AT(12_000));
    expect(after(answered as Polling, { ...WOKEN, at: 12_000 })[1]).toEqual(ASKED);
    const [advised] = after(polling, { ...missed("rate-limited", 60_000), at: 10_000 });
    expect(after(advised as Polling, { ...WOKEN, at: 69_999 })[1]).toEqual([]);
    expect(after(advised as Polling, { ...WOKEN, at: 70_000 })[1]).toEqual(ASKED);
  });

  test("news that come before a question is allowed end the wait when it is, however often they come", () => {
    const [answered] = after(polling, { ...PENDING, at: 10_000 });
    const [woken, waits] = after(answered as Polling, { ...WOKEN, at: 10_500 });
    expect(waits).toEqual(ASKS_AT(12_000));
    expect(after(woken as Polling, { ...WOKEN, at: 11_000 })[1]).toEqual([]);
    expect(after(woken as Polling, { ...ASK, at: 12_000 })[1]).toEqual(ASKED);
  });

  test.each([
    ["a pending answer", PENDING, 12_000],
    ["a pending answer with advice", { ...PENDING, hintMs: 4_000 }, 14_000],
    ["a missed question", missed(), 12_000],
  ] as const)(
    "news that come while a question is out: after %s, which may be older, it is asked again",
    (_, answer, until) => {
      const slow: Polling = { ...polling, poll: { ...polling.poll, misses: 6 } };
      const [woken, none] = after(slow, { ...WOKEN, at: 9_000 });
      expect(none).toEqual([]);
      expect(after(woken as Polling, { ...WOKEN, at: 9_000 })[0]).toBe(woken);
      expect(decodeRecord(encodeRecord(woken)), "it is kept").toMatchObject({ state: { poll: { isWoken: true } } });
      const [next, waits] = after(woken as Polling, { ...answer, at: 10_000 });
      expect(waits).toEqual(ASKS_AT(until));
      const [asked] = after(next as Polling, { ...ASK, at: until });
      const [later] = after(asked as Polling, { ...PENDING, at: until + 1_000 })[1];
      expect(later, "once").toMatchObject({
        type: "wait",
        until: expect.toSatisfy((at: number) => at > until + 3_000) as unknown,
      });
    },
  );

  test("news that come while a question is out, and its answer is the video: nothing more is asked", () => {
    const [woken] = after(polling, { ...WOKEN, at: 9_000 });
    expect(typesOf(after(woken as Polling, VIDEO))).toEqual(["stop-waiting", "save-row"]);
  });

  test("signed out: shown as a pause, asked on at the pace of misses, and at once after a return", () => {
    const [signedOut, effects] = after(polling, { ...missed("not-signed-in"), at: 10_000 });
    expect(effects).toEqual(after(polling, { ...missed(), at: 10_000 })[1]);
    expect(snapshotOf(signedOut)).toMatchObject({ isPaused: true, pauseReason: "not-signed-in", status: "running" });
    const [asked, questions] = after(signedOut as Polling, { ...WOKEN, at: 20_000 });
    expect(questions).toEqual(ASKED);
    const [signedIn] = after(asked as Polling, { ...PENDING, at: 21_000 });
    expect(snapshotOf(signedIn)).toMatchObject({ isPaused: false, pauseReason: undefined });
  });

  test("is shown where it holds something back: offline everywhere, in the background only beside a job", () => {
    expect(snapshotOf(polling, { pause: "background" })).toMatchObject({ isPaused: true, pauseReason: "background" });
    expect(snapshotOf(polling, { pause: "offline" })).toMatchObject({ isPaused: true, pauseReason: "offline" });
    const [settling] = after(polling, VIDEO);
    expect(snapshotOf(settling, { pause: "background" }).isPaused).toBe(false);
    expect(snapshotOf(settling, { pause: "offline" }).isPaused).toBe(true);
    expect(snapshotOf(polling).isPaused).toBe(false);
  });
});

describe("an adopted job", () => {
  const adopted: Polling = { ...polling, plan: { ...polling.plan, isAdopted: true } };
  const failure = { type: "job-failed", error: videoErrorData("provider-failed") } as const;

  test.each([
    { name: "delivered", payload: VIDEO, steps: ["stop-waiting", "save-row"], after: ["close-slot"] },
    { name: "failed", payload: failure, steps: ["stop-waiting", "mark-row-failed", "close-slot"], after: [] },
  ])("an adopted job: $name, and no credits are moved", ({ payload, steps, after: next }) => {
    expect(snapshotOf(adopted).settlement).toBe("unknown");
    const step = after(adopted, payload);
    expect(typesOf(step)).toEqual(steps);
    expect(snapshotOf(step[0]).settlement).toBe("unknown");
    const saved = { type: "step-settled", attempt: 1, step: "save-row", at: 2_000, random: 0 } as const;
    expect(typesOf(transition(step[0], saved, { polling: defaultPollingPolicy }))).toEqual(next);
  });
});
