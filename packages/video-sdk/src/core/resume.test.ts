import { describe, expect, test } from "vitest";
import { atMostOnce, exactlyOnce, request } from "./__fixtures__/plans.ts";
import { videoErrorData } from "../errors.ts";

import { tell } from "./__fixtures__/answering.ts";
import { notAskedYet } from "./next-question.ts";
import { UNDONE_LIMIT_MS } from "./ended.ts";
import { defaultPollingPolicy } from "./polling-policy.ts";
import { isUnfinished, resume, STALE_START_MS, SUBMIT_KEY_KEPT_MS } from "./resume.ts";
import type {
  GenerationPlan,
  GenerationState,
  GivingUp,
  Held,
  Polling,
  Preparing,
  Settling,
  Verdict,
} from "./state.ts";
import type { StepProgress } from "./settlement-steps.ts";
import { snapshotOf, type GenerationSnapshot } from "./snapshot.ts";
import type { TransitionResult } from "./transition-result.ts";

const job = { requestId: "job-1" };
const ids = { slotId: "slot-1", sessionId: "session-1", rowId: "row-1" };
const held: Held = { ...ids, credits: "held" };
const error = videoErrorData("provider-failed");
const videos = ["https://videos.test/1.mp4"];

const again = (state: GenerationState, at = 60_000): TransitionResult =>
  resume(state, { at, random: 0.5 }, { polling: defaultPollingPolicy });
const typesOf = ([, effects]: TransitionResult): readonly string[] => effects.map(({ type }) => type);

const PREPARING = ["acquiring-slot", "reserving-credits", "creating-session", "recording", "submitting"] as const;
const EFFECTS = ["acquire-slot", "reserve-credits", "create-session", "record-row", "submit-job"] as const;

function preparing(name: Preparing["name"], plan: GenerationPlan, extra: Partial<Preparing> = {}): Preparing {
  const sent = { plan, isCanceling: false, attempt: 1, tries: 1, isWaiting: false, isUnsure: false, ...ids, ...extra };
  return { ...sent, name } as Preparing; // holds more ids than some of these states need
}

describe("a start that was interrupted", () => {
  test.each(PREPARING)("%s: its call may have happened, so it is not sent again without a key", (name) => {
    const step = again(preparing(name, atMostOnce));
    expect(["settling", "failed"]).toContain(step[0].name);
    expect(typesOf(step)).not.toContain(EFFECTS[PREPARING.indexOf(name)]);
    expect(typesOf(step)).not.toContain("wait");
  });

  test.each(PREPARING)("%s: under a key it is asked again", (name) => {
    expect(again(preparing(name, exactlyOnce))).toMatchObject([
      { name, isUnsure: true, isWaiting: true },
      [{ type: "wait", key: "retry" }],
    ]);
  });

  test.each(PREPARING)("%s: between two attempts the next one is sent", (name) => {
    const step = again(preparing(name, atMostOnce, { isWaiting: true }));
    expect(step[0]).toMatchObject({ name, attempt: 2 });
    expect(typesOf(step)).toEqual([EFFECTS[PREPARING.indexOf(name)]]);
  });

  test.each(PREPARING)(
    "%s: under a key it is asked again however often it was before: tries are counted anew, numbers go on",
    (name) => {
      expect(again(preparing(name, exactlyOnce, { attempt: 100, tries: 100 }))[0]).toMatchObject({
        name,
        attempt: 100,
        tries: 1,
        isWaiting: true,
      });
      expect(again(preparing(name, exactlyOnce, { attempt: 100, tries: 100, isWaiting: true }))[0]).toMatchObject({
        name,
        attempt: 101,
        tries: 2,
      });
    },
  );

  test("a reserve call in flight leaves the settlement unknown, and a submit in flight is submission-unknown", () => {
    expect(again(preparing("reserving-credits", atMostOnce))[0]).toMatchObject({
      name: "settling",
      held: { credits: "unknown" },
    });
    expect(again(preparing("submitting", atMostOnce))[0]).toMatchObject({
      verdict: { kind: "fail", error: { code: "submission-unknown" } },
    });
  });

  test.each(PREPARING)(
    "%s: found again after a quarter of an hour it is canceled, and asks for nothing new",
    (name) => {
      const step = again(preparing(name, atMostOnce, { isWaiting: true }), STALE_START_MS + 1);
      expect(["settling", "canceled"]).toContain(step[0].name);
      expect(typesOf(step)).not.toContain(EFFECTS[PREPARING.indexOf(name)]);
      const inFlight = again(preparing(name, atMostOnce), STALE_START_MS + 1);
      if (inFlight[0].name === "settling") expect(inFlight[0].verdict).toEqual({ kind: "cancel" });
    },
  );

  test("a start whose image was given as bytes cannot go on, because bytes are not stored", () => {
    const plan = { ...exactlyOnce, request: { ...request, mode: "image-to-video" as const } };
    expect(again(preparing("recording", plan, { isWaiting: true }))[0]).toMatchObject({
      name: "settling",
      verdict: { kind: "cancel" },
    });
    const withUrl = { ...plan, request: { ...plan.request, attachmentImageUrl: "https://images.test/1.png" } };
    expect(again(preparing("recording", withUrl, { isWaiting: true }))[0]).toMatchObject({
      name: "recording",
      attempt: 2,
    });
  });

  test.each([{}, { isWaiting: true, isUnsure: true }])(
    "nor is its submit repeated without the image, not even under a key: %j",
    (extra) => {
      const plan = { ...exactlyOnce, request: { ...request, mode: "image-to-video" as const } };
      const step = again(preparing("submitting", plan, extra));
      expect(step[0]).toMatchObject({ name: "settling", verdict: { kind: "cancel" } });
      expect(typesOf(step)).toEqual(["stop-waiting", "mark-row-failed", "release-credits", "close-slot"]);
    },
  );

  test.each([{}, { isWaiting: true, isUnsure: true }])(
    "a submit that is found again after half a day is not repeated: the route may have forgotten the first: %j",
    (extra) => {
      expect(again(preparing("submitting", exactlyOnce, extra), STALE_START_MS + 1)[0]).toMatchObject({
        name: "submitting",
        isCanceling: true,
      });
      const old = again(preparing("submitting", exactlyOnce, extra), SUBMIT_KEY_KEPT_MS + 1);
      expect(old[0]).toMatchObject({ name: "settling", verdict: { kind: "cancel" } });
      expect(typesOf(old)).not.toContain("submit-job");
    },
  );

  test("what it holds is still asked for under the key, so that nothing is left behind", () => {
    const plan = { ...exactlyOnce, request: { ...request, mode: "image-to-video" as const } };
    expect(again(preparing("acquiring-slot", plan))).toMatchObject([
      { isCanceling: true, isWaiting: true },
      [{ type: "wait" }],
    ]);
  });
});

describe("a job that was being asked about", () => {
  const polling: Polling = {
    name: "polling",
    plan: atMostOnce,
    isCanceling: false,
    ...ids,
    job,
    acceptedAt: 0,
    isSlow: false,
    isAttached: true,
    poll: { ...notAskedYet(0), answers: 1, questionsSent: 2, isAsking: true },
  };

  test("is asked about at once, however late it is: nothing is judged before an answer", () => {
    expect(typesOf(again(polling))).toEqual(["check-status"]);
    expect(again(polling, 48 * 3_600_000)).toMatchObject([
      { name: "polling", poll: { isAsking: true } },
      [{ type: "check-status", job }],
    ]);
    expect(typesOf(again({ ...polling, isAttached: false }))).toEqual(["attach-job", "check-status"]);
  });

  test("a cancel whose answer was lost is sent again", () => {
    expect(typesOf(again({ ...polling, isCanceling: true }))).toEqual(["cancel-job", "check-status"]);
  });

  const overdue: GivingUp = {
    ...polling,
    name: "giving-up",
    poll: { ...polling.poll, activeMs: 7_200_000, overdue: { count: 2, at: 0 } },
  };
  const HOUR = 3_600_000;

  test("a job that was being given up is asked about first: its answers are as old as the crash", () => {
    const step = again(overdue, 8 * HOUR);
    expect(step[0]).toMatchObject({ name: "polling", poll: { isAsking: true } });
    expect(typesOf(step)).toEqual(["check-status"]);
  });

  test.each([
    ["a video that is there by then is delivered", { type: "job-finished", videos }, "settling", "save-row"],
    ["one fresh pending answer is enough to give it up again", { type: "job-pending" }, "giving-up", "cancel-job"],
  ] as const)("%s", (_, payload, name, effect) => {
    const moment = { at: 8 * HOUR + 1_000, random: 0.5 };
    const step = tell(again(overdue, 8 * HOUR)[0], { ...payload, ...moment }, { polling: defaultPollingPolicy });
    expect(step[0].name).toBe(name);
    expect(typesOf(step)).toContain(effect);
  });
});

describe("books that were being made final", () => {
  const is = (status: StepProgress["status"]): StepProgress => ({ status, attempt: 1, tries: 1, isUnsure: false });
  const settling = (plan: GenerationPlan, steps: Settling["steps"]): Settling => ({
    name: "settling",
    plan,
    held,
    decidedAt: 0,
    verdict: { kind: "fail", error },
    steps,
  });

  test("a step in flight has an unknown outcome: rows and slots are set again, money is not", () => {
    const step = again(
      settling(atMostOnce, {
        "mark-row-failed": is("running"),
        "release-credits": is("running"),
        "close-slot": is("done"),
      }),
    );
    expect(step[1]).toMatchObject([{ type: "wait", key: "mark-row-failed" }]);
    expect(step[0]).toMatchObject({ steps: { "release-credits": { status: "stuck", isUnsure: true } } });
  });

  test("under a key every step is asked again", () => {
    const step = again(settling(exactlyOnce, { "mark-row-failed": is("running"), "release-credits": is("running") }));
    expect(step[1]).toMatchObject([{ key: "mark-row-failed" }, { key: "release-credits" }]);
  });

  test("tries are counted anew, numbers go on, and what was given up stays so", () => {
    const often: StepProgress = { status: "running", attempt: 100, tries: 100, isUnsure: true };
    const step = again(
      settling(exactlyOnce, { "release-credits": often, "close-slot": { ...often, status: "stuck" } }),
    );
    expect(step[0]).toMatchObject({
      steps: { "release-credits": { status: "waiting", attempt: 100, tries: 1 }, "close-slot": { status: "stuck" } },
    });
  });

  test("a step that waited is sent at once, and a step that was done is not sent again", () => {
    expect(
      typesOf(again(settling(atMostOnce, { "release-credits": is("waiting"), "close-slot": is("done") }))),
    ).toEqual(["release-credits"]);
  });

  test("a release with an unknown outcome ends unknown", () => {
    expect(
      again(settling(atMostOnce, { "release-credits": is("running"), "close-slot": is("done") }))[0],
    ).toMatchObject({
      name: "failed",
      settlement: "unknown",
    });
  });
});

describe("a generation that has ended", () => {
  const ended = { plan: atMostOnce, held, decidedAt: 0, videos: [] };

  test("with its books final: nothing to do", () => {
    for (const settlement of ["none", "captured", "released", "unknown"] as const) {
      const state: GenerationState = { ...ended, name: "failed", settlement, error };
      expect(again(state)).toEqual([state, []]);
      expect(isUnfinished(state)).toBe(settlement === "unknown");
    }
  });

  const stuck: StepProgress = { status: "stuck", attempt: 8, tries: 8, isUnsure: false };
  const unsure: StepProgress = { ...stuck, isUnsure: true };
  const completed = { ...ended, name: "completed", settlement: "captured", videos } as const;
  const failed = { ...ended, name: "failed", settlement: "released", error } as const;
  const canceled = { ...ended, name: "canceled", settlement: "released" } as const;
  const isHeld = { settlement: "held" } as const;
  const inDoubt = { settlement: "unknown" } as const;
  const asked = { questionsSent: 7, looks: 3, isAsking: false };
  const watched: GenerationState = { ...failed, name: "watching", job, acceptedAt: 0, ...asked };

  test.each<readonly [what: string, state: GenerationState, effects: readonly string[]]>([
    ["a video that its row does not show", { ...completed, ...isHeld, undone: { "save-row": stuck } }, ["save-row"]],
    [
      "credits that were not captured",
      { ...completed, ...isHeld, undone: { "capture-credits": stuck } },
      ["capture-credits"],
    ],
    [
      "credits that were not released",
      { ...canceled, ...isHeld, undone: { "release-credits": stuck } },
      ["release-credits"],
    ],
    ["a slot", { ...completed, undone: { "close-slot": stuck } }, ["close-slot"]],
    ["a slot without an answer", { ...canceled, undone: { "close-slot": unsure } }, ["close-slot"]],
    [
      "a row and a slot",
      { ...failed, undone: { "mark-row-failed": unsure, "close-slot": stuck } },
      ["mark-row-failed", "close-slot"],
    ],
    ["a late video", { ...failed, videos, undone: { "save-row": stuck } }, ["save-row"]],
    ["a slot of a job that is watched", { ...watched, undone: { "close-slot": stuck } }, ["close-slot"]],
  ])("%s was given up: tried again, and nothing else, while the outcome stays as announced", (_, state, effects) => {
    const step = again(state);
    expect(typesOf(step)).toEqual(["stop-waiting", ...effects]);
    const said = ({ status, settlement, error: why }: GenerationSnapshot) => ({
      status,
      settlement,
      code: why?.code,
    });
    expect(said(snapshotOf(step[0]))).toEqual(said(snapshotOf(state)));
    expect(isUnfinished(state)).toBe(true);
  });

  test("once it is done nothing is left, and a watched job is watched again", () => {
    const closed = (state: GenerationState): GenerationState => {
      const [settling] = again({ ...state, undone: { "close-slot": stuck } } as GenerationState); // of those that can have it
      const said = { type: "step-settled", step: "close-slot", at: 60_001, random: 0.5 } as const;
      return tell(settling, said, { polling: defaultPollingPolicy })[0];
    };
    expect(closed(completed)).toEqual(completed);
    expect(closed(canceled)).toMatchObject({ name: "canceled", settlement: "released" });
    expect(isUnfinished(closed(failed))).toBe(false);
    expect(closed(watched)).toMatchObject({ name: "watching", job, settlement: "released" });
  });

  test.each(["capture-credits", "release-credits"] as const)(
    "%s without an answer is sent again under a key only, and stays in doubt until it is answered",
    (step) => {
      const of = (plan: GenerationPlan): GenerationState => ({
        ...(step === "capture-credits" ? completed : failed),
        plan,
        ...inDoubt,
        undone: { [step]: unsure },
      });
      expect(again(of(atMostOnce))).toEqual([of(atMostOnce), []]);
      expect(isUnfinished(of(atMostOnce))).toBe(true);
      const asked = again(of(exactlyOnce));
      expect(typesOf(asked)).toEqual(["stop-waiting", step]);
      const refused = { type: "effect-failed", effect: step, certainty: "not-done", error, at: 0, random: 0 } as const;
      const [waiting] = tell(asked[0], refused, { polling: defaultPollingPolicy });
      expect(snapshotOf(waiting)).toMatchObject({ settlement: "unknown" });
    },
  );

  test("credits in doubt are left alone without a key, while the slot beside them is closed", () => {
    const undone = { "release-credits": unsure, "close-slot": stuck };
    const step = again({ ...failed, ...inDoubt, undone });
    expect(typesOf(step)).toEqual(["stop-waiting", "close-slot"]);
    expect(step[0]).toMatchObject({ steps: { "release-credits": { status: "stuck", isUnsure: true } } });
  });

  test("a slot that is being closed again is not closed twice when the row has been saved", () => {
    const undone = { "save-row": stuck, "close-slot": stuck };
    const step = again({ ...completed, ...isHeld, undone });
    expect(typesOf(step)).toEqual(["stop-waiting", "save-row", "close-slot"]);
    const saved = { type: "step-settled", step: "save-row", at: 60_001, random: 0.5 } as const;
    expect(typesOf(tell(step[0], saved, { polling: defaultPollingPolicy }))).toEqual(["capture-credits"]);
  });

  test("after a week a slot or a row is left as it is; credits never are", () => {
    const aWeekLater = UNDONE_LIMIT_MS + 1;
    const slot: GenerationState = { ...failed, undone: { "close-slot": stuck } };
    expect(typesOf(again(slot, UNDONE_LIMIT_MS))).toEqual(["stop-waiting", "close-slot"]);
    expect(again(slot, aWeekLater)).toEqual([failed, []]);
    const later: GenerationState = { ...slot, decidedAt: 1_000_000 };
    expect(typesOf(again(later, UNDONE_LIMIT_MS + 1_000_000))).toEqual(["stop-waiting", "close-slot"]);
    expect(typesOf(again(later, UNDONE_LIMIT_MS + 1_000_001))).toEqual([]);
    const doubt: GenerationState = { ...failed, plan: exactlyOnce, ...inDoubt, undone: { "release-credits": unsure } };
    expect(typesOf(again(doubt, aWeekLater))).toEqual(["stop-waiting", "release-credits"]);
    const credits: GenerationState = { ...failed, ...isHeld, undone: { "release-credits": stuck } };
    expect(typesOf(again(credits, aWeekLater))).toEqual(["stop-waiting", "release-credits"]);
  });

  test("a watched job is looked at at once", () => {
    const watching: GenerationState = {
      plan: atMostOnce,
      held,
      decidedAt: 0,
      settlement: "released",
      error,
      job,
      name: "watching",
      acceptedAt: 0,
      ...asked,
    };
    expect(again(watching)).toMatchObject([
      { ...watching, questionsSent: 8, isAsking: true, looks: 4 },
      [{ type: "check-status", attempt: 8, job }],
    ]);
    expect(isUnfinished(watching)).toBe(true);
  });

  test("a generation on its way is unfinished", () => {
    expect(isUnfinished(preparing("recording", atMostOnce))).toBe(true);
  });
});

describe("calls of a record with keys, found by an engine that has none", () => {
  const unsure = (status: StepProgress["status"]): StepProgress => ({ status, attempt: 3, tries: 3, isUnsure: true });
  const noKeys: GenerationPlan = { ...exactlyOnce, guarantee: "at-most-once" };

  test.each(PREPARING.slice(0, 4))(
    "%s: one that may have happened is not sent again, though it waited for that",
    (name) => {
      const step = again(preparing(name, noKeys, { isWaiting: true, isUnsure: true }));
      expect(typesOf(step)).not.toContain(EFFECTS[PREPARING.indexOf(name)]);
      expect(typesOf(again(preparing(name, noKeys, { isWaiting: true })))).toContain(EFFECTS[PREPARING.indexOf(name)]);
    },
  );

  test.each(["capture-credits", "release-credits", "acquire-slot", "reserve-credits", "record-row"] as const)(
    "%s: nor as a step, whether it was in flight, waited or had been given up",
    (name) => {
      // Nothing else is held, so that nothing else is settled.
      const bare: Held = name === "capture-credits" || name === "release-credits" ? held : { credits: "none" };
      const verdict: Verdict = name === "capture-credits" ? { kind: "deliver", videos } : { kind: "cancel" };
      for (const status of ["running", "waiting"] as const) {
        const settling = {
          name: "settling",
          plan: noKeys,
          held: bare,
          decidedAt: 0,
          verdict,
          steps: { [name]: unsure(status) },
        } as const;
        const [state, effects] = again(settling);
        expect([state.name, effects]).toEqual([name === "capture-credits" ? "completed" : "canceled", []]);
        expect(state).toMatchObject({ undone: { [name]: { status: "stuck", isUnsure: true } } });
      }
      const over = {
        plan: noKeys,
        held: bare,
        decidedAt: 0,
        settlement: "unknown",
        undone: { [name]: unsure("stuck") },
      } as const;
      expect(typesOf(again({ name: "canceled", ...over }))).toEqual([]);
    },
  );
});
