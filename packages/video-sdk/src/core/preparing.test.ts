import type { Certainty } from "../ports.ts";
import { describe, expect, test } from "vitest";
import { atMostOnce as plan, exactlyOnce, request } from "./__fixtures__/plans.ts";
import { videoErrorData, type VideoErrorCode } from "../errors.ts";
import { DEFAULT_RETRY_LIMITS } from "./retry-limits.ts";
import type { Effect, EffectType } from "./effect.ts";
import { tell, type Said } from "./__fixtures__/answering.ts";
import { defaultPollingPolicy } from "./polling-policy.ts";
import { beginPreparing } from "./preparing.ts";
import { LONGEST_RETRY_HINT_MS } from "./preparing-retry.ts";
import { snapshotOf } from "./snapshot.ts";
import type { GenerationPlan } from "./state.ts";
import type { TransitionResult } from "./transition-result.ts";

const SLOT = { type: "slot-acquired", slotId: "slot-1" } as const;
const CREDITS = { type: "credits-reserved" } as const;
const SESSION = { type: "session-created", sessionId: "session-1" } as const;
const ROW = { type: "row-recorded", rowId: "row-1" } as const;
const JOB = { type: "job-accepted", job: { requestId: "job-1" } } as const;
const VIDEO = { type: "job-finished", videos: ["https://videos.test/1.mp4"] } as const;
const CANCEL = { type: "cancel-requested" } as const;
const RETRY = { type: "wait-elapsed", key: "retry" } as const;
const READY = [SLOT, CREDITS, SESSION, ROW] as const;

type Failing = Exclude<EffectType, "wait" | "stop-waiting">;
const failed = (
  effect: Failing,
  certainty: Certainty,
  code: VideoErrorCode = "unreachable",
  retryAfterMs?: number,
): Said => ({
  type: "effect-failed",
  effect,
  certainty,
  error: videoErrorData(code, { retryAfterMs }),
});

/** One thing at a time, as without keys: records of earlier versions go on so under a key, too. acquiring-both.test.ts has the other way. */
function begin(of: GenerationPlan): TransitionResult {
  const [state, effects] = beginPreparing({ ...of, guarantee: "at-most-once" });
  return [{ ...state, plan: of }, effects];
}

/** The last transition of these events on a new generation. */
function after(of: GenerationPlan, ...payloads: readonly Said[]): TransitionResult {
  const rules = { polling: defaultPollingPolicy };
  return payloads.reduce<TransitionResult>(
    ([state], payload) => tell(state, { at: 5_000, random: 0.5, ...payload }, rules),
    begin(of),
  );
}

/** Each state in order: how it is reached, its effect, and the answer it waits for. */
/** The same effects as another attempt. */
const numbered = (effects: readonly Effect[], attempt: number): readonly Effect[] =>
  effects.map((effect) => ({ ...effect, attempt }) as Effect); // each of them is a call

const STAGES = [
  ["acquiring-slot", [], "acquire-slot", SLOT],
  ["reserving-credits", [SLOT], "reserve-credits", CREDITS],
  ["creating-session", [SLOT, CREDITS], "create-session", SESSION],
  ["recording", [SLOT, CREDITS, SESSION], "record-row", ROW],
  ["submitting", READY, "submit-job", JOB],
] as const;

describe("the steps before the provider has the job", () => {
  test("asks for one thing at a time, each under its own key, and the submit under the generation's id", () => {
    expect(begin(plan)[1]).toEqual([
      { type: "acquire-slot", attempt: 1, prompt: "a corgi surfing", key: "generation-1:slot" },
    ]);
    expect(after(plan, SLOT)[1]).toEqual([
      { type: "reserve-credits", attempt: 1, credits: 208, key: "generation-1:reserve" },
    ]);
    expect(after(plan, SLOT, CREDITS)[1]).toEqual([
      { type: "create-session", attempt: 1, title: "a corgi surfing", key: "generation-1:session" },
    ]);
    expect(after(plan, SLOT, CREDITS, SESSION)[1]).toEqual([
      {
        type: "record-row",
        attempt: 1,
        sessionId: "session-1",
        slotId: "slot-1",
        request,
        credits: 208,
        key: "generation-1:row",
      },
    ]);
    expect(after(plan, ...READY)[1]).toEqual([
      { type: "submit-job", attempt: 1, request, credits: plan.credits, key: "generation-1" },
    ]);
  });

  test("a session that was given is recorded in, and none is created", () => {
    const [state, effects] = after({ ...plan, sessionId: "session-of-mine" }, SLOT, CREDITS);
    expect(state).toMatchObject({ name: "recording", sessionId: "session-of-mine" });
    expect(effects).toMatchObject([{ type: "record-row", sessionId: "session-of-mine" }]);
  });

  test.each(STAGES)(
    "%s reacts to no answer but its own, and to that also between two attempts",
    (_, before, effect, answer) => {
      const [state] = after(plan, ...before);
      const [waiting] = after(plan, ...before, failed(effect, "not-done"));
      for (const other of [...READY, JOB, VIDEO, { type: "job-pending" }, { type: "job-attached" }] as const) {
        const isOwn = other === answer || (effect === "submit-job" && other === VIDEO);
        const [heard, asked] = after(plan, ...before, other);
        if (!isOwn) expect([heard, asked]).toEqual([state, []]);
        const late = after(plan, ...before, failed(effect, "not-done"), other);
        expect(late).toEqual(isOwn ? [heard, asked] : [waiting, []]);
      }
    },
  );

  test.each(STAGES)(
    "%s ignores other waits, an early one, the failure of another effect, and a repeated failure",
    (_, before, effect) => {
      const [state] = after(plan, ...before);
      const [waiting] = after(plan, ...before, failed(effect, "not-done"));
      expect(after(plan, ...before, failed(effect, "not-done"), { type: "wait-elapsed", key: "poll" })).toEqual([
        waiting,
        [],
      ]);
      expect(after(plan, ...before, failed(effect, "not-done"), failed(effect, "unknown"))).toEqual([waiting, []]);
      expect(after(plan, ...before, RETRY)).toEqual([state, []]);
      expect(after(plan, ...before, { type: "wait-elapsed", key: "poll" })).toEqual([state, []]);
      expect(after(plan, ...before, failed("check-status", "not-done"))).toEqual([state, []]);
    },
  );
});

describe("a call that certainly did not happen", () => {
  test.each(STAGES)("%s: is sent again, the same, after a wait", (name, before, effect) => {
    const [, sent] = after(plan, ...before);
    const [waiting, waits] = after(plan, ...before, failed(effect, "not-done"));
    expect(waiting).toMatchObject({ name, isWaiting: true, attempt: 1 });
    expect(waits).toEqual([{ type: "wait", key: "retry", until: 5_000 + 750 }]);
    expect(after(plan, ...before, failed(effect, "not-done"), RETRY)).toMatchObject([
      { name, isWaiting: false, attempt: 2 },
      numbered(sent, 2),
    ]);
  });

  test.each([
    ["rate-limited", true],
    ["provider-unavailable", true],
    ["unreachable", true],
    ["slot-limit-reached", false],
    ["insufficient-credits", false],
    ["not-signed-in", false],
    ["invalid-request", false],
    ["internal", false],
    ["content-rejected", false],
  ] as const)("%s: is worth another try: %s", (code, isRepeated) => {
    const [state] = after(plan, ...READY, failed("submit-job", "not-done", code));
    expect(state.name).toBe(isRepeated ? "submitting" : "settling");
  });

  test("is sent at most four times, with growing waits", () => {
    const attempts = Array.from({ length: DEFAULT_RETRY_LIMITS.preparing - 1 }, () => [
      failed("acquire-slot", "not-done"),
      RETRY,
    ]).flat();
    expect(after(plan, failed("acquire-slot", "not-done"), RETRY, failed("acquire-slot", "not-done"))[1]).toEqual([
      { type: "wait", key: "retry", until: 5_000 + 1_500 },
    ]);
    expect(after(plan, ...attempts)).toMatchObject([
      { attempt: DEFAULT_RETRY_LIMITS.preparing },
      [{ type: "acquire-slot" }],
    ]);
    expect(after(plan, ...attempts, failed("acquire-slot", "not-done"))[0]).toMatchObject({
      name: "failed",
      settlement: "none",
      error: { code: "unreachable", phase: "acquiring-slot", settlement: "none" },
    });
  });

  test("under a key, one that may have happened is not given up sooner because later ones are refused", () => {
    const refused = Array.from({ length: DEFAULT_RETRY_LIMITS.preparing }, () => [
      RETRY,
      failed("acquire-slot", "not-done"),
    ]).flat();
    const [state] = after({ ...plan, guarantee: "exactly-once" }, failed("acquire-slot", "unknown"), ...refused);
    expect(state).toMatchObject({ name: "acquiring-slot", isWaiting: true, isUnsure: true });
  });

  test("advice to wait is obeyed up to a minute; longer advice ends the generation", () => {
    const told = (retryAfterMs: number): TransitionResult =>
      after(plan, SLOT, failed("reserve-credits", "not-done", "rate-limited", retryAfterMs));
    expect(told(LONGEST_RETRY_HINT_MS)[1]).toEqual([
      { type: "wait", key: "retry", until: 5_000 + LONGEST_RETRY_HINT_MS },
    ]);
    expect(told(LONGEST_RETRY_HINT_MS + 1)[0]).toMatchObject({
      name: "settling",
      verdict: { error: { code: "rate-limited" } },
    });
    expect(told(Number.NaN)[1]).toEqual([{ type: "wait", key: "retry", until: 5_000 + 750 }]);
  });

  test.each([
    ["acquiring-slot", { credits: "none" }, []],
    ["reserving-credits", { credits: "none", slotId: "slot-1" }, ["close-slot"]],
    ["creating-session", { credits: "held", slotId: "slot-1" }, ["release-credits", "close-slot"]],
    ["recording", { credits: "held", slotId: "slot-1", sessionId: "session-1" }, ["release-credits", "close-slot"]],
    [
      "submitting",
      { credits: "held", slotId: "slot-1", sessionId: "session-1", rowId: "row-1" },
      ["mark-row-failed", "release-credits", "close-slot"],
    ],
  ] as const)("%s: a final refusal releases exactly what is held", (name, held, steps) => {
    const stage = STAGES.find(([candidate]) => candidate === name);
    const [state, effects] = after(
      plan,
      ...(stage?.[1] ?? []),
      failed(stage?.[2] ?? "submit-job", "not-done", "internal"),
    );
    expect("held" in state && state.held).toEqual(held);
    expect(effects.map(({ type }) => type)).toEqual(["stop-waiting", ...steps]);
  });
});

describe("a call that may have happened", () => {
  test.each(STAGES)("%s: is never sent again where the other side would run it twice", (name, before, effect) => {
    for (const guarantee of ["at-most-once", "reconciled"] as const) {
      const [state, effects] = after({ ...plan, guarantee }, ...before, failed(effect, "unknown"));
      expect(state.name).toBe(name === "acquiring-slot" ? "failed" : "settling");
      expect(effects.map(({ type }) => type)).not.toContain("wait");
    }
  });

  test.each(STAGES)(
    "%s: is sent again under the same key where that runs it once, whatever the error is called",
    (name, before, effect) => {
      const [, sent] = after(exactlyOnce, ...before);
      const lost = [...before, failed(effect, "unknown", "internal", 120_000)];
      expect(after(exactlyOnce, ...lost)).toMatchObject([
        { name, isUnsure: true },
        [{ type: "wait", key: "retry", until: 125_000 }],
      ]);
      expect(after(exactlyOnce, ...lost, RETRY)[1]).toEqual(numbered(sent, 2));
    },
  );

  test("the submit asks the route's promise, the other calls ask the books'", () => {
    const [submit] = after({ ...exactlyOnce, isSubmitRepeatable: false }, ...READY, failed("submit-job", "unknown"));
    expect(submit).toMatchObject({ name: "settling", verdict: { error: { code: "submission-unknown" } } });
    const [slot] = after({ ...plan, isSubmitRepeatable: true }, failed("acquire-slot", "unknown"));
    expect(slot).toMatchObject({ name: "failed" });
  });

  test("a submit that is still running is asked about again, and one whose route has lost it is not", () => {
    const running = [...READY, failed("submit-job", "unknown", "already-running", 5000)];
    const [, waiting] = after(exactlyOnce, ...running);
    expect(waiting).toMatchObject([{ type: "wait", key: "retry" }]);
    const [state, effects] = after(
      exactlyOnce,
      ...running,
      RETRY,
      failed("submit-job", "unknown", "submission-unknown"),
    );
    expect(state).toMatchObject({ name: "settling", verdict: { error: { code: "submission-unknown" } } });
    expect(effects.map(({ type }) => type)).not.toContain("wait");
  });

  test("a lost submit is an error of its own, which does not invite another try, and the credits are released", () => {
    const [state, effects] = after(plan, ...READY, failed("submit-job", "unknown", "unreachable", 500));
    const error = videoErrorData("submission-unknown", { phase: "submitting", details: { lastError: "unreachable" } });
    expect(state).toMatchObject({ verdict: { kind: "fail", error } });
    expect(error.retryable).toBe(false);
    expect(effects.map(({ type }) => type)).toContain("release-credits");
  });

  test("credits that may be held are not released, and the settlement is unknown", () => {
    const [state, effects] = after(plan, SLOT, failed("reserve-credits", "unknown"));
    expect(state).toMatchObject({ name: "settling", held: { credits: "unknown" } });
    expect(effects.map(({ type }) => type)).toEqual(["stop-waiting", "close-slot"]);
    expect(
      after(plan, SLOT, failed("reserve-credits", "unknown"), { type: "step-settled", step: "close-slot" })[0],
    ).toMatchObject({
      name: "failed",
      settlement: "unknown",
    });
  });

  test("a certain refusal of a later attempt does not prove that an earlier one did not happen", () => {
    const reserve = after(
      exactlyOnce,
      SLOT,
      failed("reserve-credits", "unknown"),
      RETRY,
      failed("reserve-credits", "not-done", "internal"),
    );
    expect(reserve[0]).toMatchObject({
      name: "settling",
      held: { credits: "unknown" },
      verdict: { error: { code: "internal" } },
    });
    const submit = after(
      exactlyOnce,
      ...READY,
      failed("submit-job", "unknown"),
      RETRY,
      failed("submit-job", "not-done", "internal"),
    );
    expect(submit[0]).toMatchObject({
      name: "settling",
      verdict: { error: { code: "submission-unknown", retryable: false } },
    });
  });

  test("an answer after a lost one makes the next state sure again", () => {
    const [state] = after(exactlyOnce, SLOT, failed("reserve-credits", "unknown"), RETRY, CREDITS);
    expect(state).toMatchObject({ name: "creating-session", attempt: 1, isUnsure: false });
  });
});

describe("an answer to the submit", () => {
  test("a video at once is delivered", () => {
    expect(after(plan, ...READY, VIDEO)[0]).toMatchObject({
      name: "settling",
      verdict: { kind: "deliver", videos: VIDEO.videos },
    });
  });

  test("success without a video is a failure", () => {
    const [state] = after(plan, ...READY, { type: "job-finished", videos: [] });
    expect(state).toMatchObject({ verdict: { kind: "fail", error: { code: "result-missing", phase: "submitting" } } });
  });

  test("a failure at once fails the generation and names the phase", () => {
    const [state] = after(plan, ...READY, { type: "job-failed", error: videoErrorData("content-rejected") });
    expect(state).toMatchObject({
      verdict: { kind: "fail", error: { code: "content-rejected", phase: "submitting" } },
    });
  });
});

describe("cancel", () => {
  test.each(STAGES)("%s: with a call in flight nothing is settled before its answer", (name, before) => {
    expect(after(plan, ...before, CANCEL)).toMatchObject([{ name, isCanceling: true }, []]);
    const [once] = after(plan, ...before, CANCEL);
    expect(after(plan, ...before, CANCEL, CANCEL)).toEqual([once, []]);
  });

  test.each(STAGES.slice(0, 4))(
    "%s: the answer counts, what it acquired is released, and nothing more is requested",
    (_, before, __, answer) => {
      const [state, effects] = after(plan, ...before, CANCEL, answer);
      const [uncanceled] = after(plan, ...before, answer);
      expect(state).toMatchObject({ name: "settling", verdict: { kind: "cancel" } });
      for (const [key, value] of Object.entries(uncanceled)) {
        if (key.endsWith("Id")) expect(state).toMatchObject({ held: { [key]: value } });
      }
      expect(effects.map(({ type }) => type)).toContain("close-slot");
      expect(effects.some(({ type }) => type === "release-credits")).toBe(uncanceled.name !== "reserving-credits");
    },
  );

  test.each(STAGES)("%s: a call that certainly failed meanwhile is not repeated", (name, before, effect) => {
    const [state] = after(plan, ...before, CANCEL, failed(effect, "not-done"));
    expect(state.name).toBe(name === "acquiring-slot" ? "canceled" : "settling");
    if (state.name === "settling") expect(state.verdict).toEqual({ kind: "cancel" });
  });

  test.each(STAGES)(
    "%s: between two attempts of a call that certainly failed it settles at once",
    (name, before, effect) => {
      const [state, effects] = after(plan, ...before, failed(effect, "not-done"), CANCEL);
      expect(state.name).toBe(name === "acquiring-slot" ? "canceled" : "settling");
      expect(effects[0]).toEqual({ type: "stop-waiting" });
    },
  );

  test.each(STAGES)(
    "%s: after a lost answer it waits for the truth, though nothing is in flight",
    (name, before, effect) => {
      const lost = [...before, failed(effect, "unknown"), CANCEL];
      expect(after(exactlyOnce, ...lost)).toMatchObject([{ name, isCanceling: true, isWaiting: true }, []]);
      expect(after(exactlyOnce, ...lost, RETRY)[1]).toMatchObject([{ type: effect }]);
      expect(after(exactlyOnce, ...lost, RETRY, failed(effect, "not-done", "rate-limited"))[1]).toMatchObject([
        { type: "wait" },
      ]);
    },
  );

  test("a reserve call whose answer was lost leaves the settlement unknown, never none", () => {
    const closed = { type: "step-settled", step: "close-slot" } as const;
    expect(after(plan, SLOT, CANCEL, failed("reserve-credits", "unknown"), closed)[0]).toMatchObject({
      name: "canceled",
      settlement: "unknown",
    });
    const lost = [SLOT, failed("reserve-credits", "unknown"), CANCEL, RETRY];
    const refused = after(exactlyOnce, ...lost, failed("reserve-credits", "not-done", "internal"), closed)[0];
    expect(snapshotOf(refused)).toMatchObject({ phase: "settling", isCanceling: true, settlement: "unknown" });
    expect(after(exactlyOnce, ...lost, CREDITS)[1].map(({ type }) => type)).toEqual([
      "stop-waiting",
      "release-credits",
      "close-slot",
    ]);
  });

  test("while the submit is in flight it becomes a request to the provider once there is a job", () => {
    expect(after(plan, ...READY, CANCEL, JOB)).toMatchObject([
      { name: "polling", isCanceling: true },
      [
        { type: "attach-job" },
        { type: "cancel-job", job: JOB.job, model: "vid-veo-3.1-fast" },
        { type: "wait", key: "poll" },
      ],
    ]);
  });

  test("a video that the submit brings at once is delivered all the same; a failure counts as the cancel", () => {
    expect(after(plan, ...READY, CANCEL, VIDEO)[0]).toMatchObject({ verdict: { kind: "deliver" } });
    const failure = { type: "job-failed", error: videoErrorData("provider-failed") } as const;
    expect(after(plan, ...READY, CANCEL, failure)[0]).toMatchObject({ verdict: { kind: "cancel" } });
  });

  test("a submit whose answer was lost for good is settled as canceled, and the credits are released", () => {
    const [state, effects] = after(plan, ...READY, CANCEL, failed("submit-job", "unknown"));
    expect(state).toMatchObject({ verdict: { kind: "cancel" }, held: { credits: "held" } });
    expect(effects.map(({ type }) => type)).toContain("release-credits");
  });
});
