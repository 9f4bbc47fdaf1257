// What the machine never does, in any order of random events. Here events need not be answers: balance.test.ts covers those.
import type { Guarantee } from "../ports.ts";
import { resolveVideoRequest } from "@video-engine/video-models";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isVideoErrorCode, VIDEO_ERRORS, videoErrorData } from "../errors.ts";
import { aged, answering, type Said } from "./__fixtures__/answering.ts";
import type { Effect } from "./effect.ts";
import type { EventType, GenerationEvent, EventPayload } from "./event.ts";
import { createPollingPolicy } from "./polling-policy.ts";
import { isDecided, snapshotOf } from "./snapshot.ts";
import type { GenerationPlan, GenerationState, StateName } from "./state.ts";
import type { Rules, TransitionResult } from "./transition-result.ts";
import { initial, transition } from "./transition.ts";

const { request } = resolveVideoRequest({ model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 });
const videos = ["https://videos.test/1.mp4"];
const polling = createPollingPolicy();
const RUNS = { numRuns: 1_000, seed: 20_260_101 };

/** One transition, with its context. */
interface Moved {
  readonly before: GenerationState;
  readonly event: GenerationEvent;
  readonly after: GenerationState;
  readonly effects: readonly Effect[];
  readonly rules: Rules;
}

const guarantee = fc.constantFrom<Guarantee>("at-most-once", "reconciled", "exactly-once");
const plan: fc.Arbitrary<GenerationPlan> = fc
  .record({
    guarantee,
    isSubmitRepeatable: fc.boolean(),
    showsRefund: fc.constantFrom(true as const, undefined),
    session: fc.constantFrom({}, { sessionId: "session-of-mine" }),
  })
  .map(({ session, ...rest }) => ({ id: "generation-1", request, credits: 208, createdAt: 0, ...session, ...rest }));

const codes = Object.keys(VIDEO_ERRORS).filter((code) => isVideoErrorCode(code));
const error = fc
  .record({
    code: fc.constantFrom(...codes),
    hint: fc.constantFrom({}, { retryAfterMs: 30_000 }, { retryAfterMs: 1e12 }),
  })
  .map(({ code, hint }) => videoErrorData(code, hint));
const STEPS = [
  "save-row",
  "update-row",
  "mark-row-failed",
  "capture-credits",
  "release-credits",
  "close-slot",
] as const;
const step = fc.constantFrom(...STEPS);
const effect = fc.oneof(
  step,
  fc.constant("save-videos"),
  fc.constantFrom("acquire-slot", "reserve-credits", "create-session", "record-row", "submit-job"),
  fc.constantFrom("attach-job", "check-status", "cancel-job", "upload-file"),
);
const fileId = fc.constantFrom("file-1", "file-2");

/** Mostly low numbers, so that some events answer the attempt in flight and some an older or a later one. */
const attempt = fc.nat(3);
const jobEffect = fc.constantFrom("submit-job", "check-status");

/** Every event with every kind of payload. */
const PAYLOADS: { readonly [Type in EventType]: fc.Arbitrary<Extract<EventPayload, { type: Type }>> } = {
  "slot-acquired": fc.record({
    type: fc.constant("slot-acquired"),
    attempt,
    slotId: fc.constantFrom("slot-1", "slot-2"),
  }),
  "credits-reserved": fc.record({ type: fc.constant("credits-reserved"), attempt }),
  "session-created": fc.record({ type: fc.constant("session-created"), attempt, sessionId: fc.constant("session-1") }),
  "row-recorded": fc.record({ type: fc.constant("row-recorded"), attempt, rowId: fc.constant("row-1") }),
  "job-accepted": fc.record({
    type: fc.constant("job-accepted"),
    attempt,
    job: fc.constantFrom({ requestId: "job-1" }, { requestId: "job-2" }),
  }),
  "job-attached": fc.record({ type: fc.constant("job-attached"), attempt }),
  "job-pending": fc.record({
    type: fc.constant("job-pending"),
    attempt,
    hintMs: fc.constantFrom(undefined, 20_000, Number.NaN),
  }),
  "job-refused": fc.record({
    type: fc.constant("job-refused"),
    attempt,
    status: fc.constantFrom(400, 403, 422),
    text: fc.constantFrom("Flagged.", ""),
    hintMs: fc.constantFrom(undefined, 20_000, Number.NaN),
  }),
  "job-finished": fc.record({
    type: fc.constant("job-finished"),
    effect: jobEffect,
    attempt,
    videos: fc.constantFrom([], videos),
  }),
  "job-failed": fc.record({ type: fc.constant("job-failed"), effect: jobEffect, attempt, error }),
  "cancel-requested": fc.constant({ type: "cancel-requested" }),
  "hold-read": fc.record({ type: fc.constant("hold-read"), isHeld: fc.boolean() }),
  "cancel-answered": fc.record({
    type: fc.constant("cancel-answered"),
    attempt,
    answer: fc.constantFrom("removed", "requested", "too-late", "unsupported"),
  }),
  "wait-elapsed": fc.record({
    type: fc.constant("wait-elapsed"),
    key: fc.oneof(fc.constantFrom("poll", "retry", "acquire-slot", "reserve-credits"), step),
  }),
  "step-settled": fc.record({ type: fc.constant("step-settled"), attempt, step }),
  "videos-saved": fc.record({
    type: fc.constant("videos-saved"),
    attempt,
    videos: fc.constantFrom(videos, ["https://copies.test/1.mp4"]),
  }),
  "file-progress": fc.record({
    type: fc.constant("file-progress"),
    attempt,
    fileId,
    sentBytes: fc.constantFrom(0, 50, 100),
    totalBytes: fc.constant(100),
  }),
  "file-uploaded": fc.record({
    type: fc.constant("file-uploaded"),
    attempt,
    fileId,
    url: fc.constant("https://cdn.test/file.png"),
  }),
  woken: fc.constant({ type: "woken" }),
  "effect-failed": fc.record({
    type: fc.constant("effect-failed"),
    effect,
    attempt,
    fileId,
    certainty: fc.constantFrom("not-done", "unknown"),
    error,
    isWorthAskingAnew: fc.boolean(),
  }),
};

/** The events that advance a state, so that random sequences get past the first states. */
function onwardFrom(state: GenerationState): readonly Said[] {
  switch (state.name) {
    case "uploading":
      return Object.keys(state.files).map((id) => ({
        type: "file-uploaded",
        fileId: id,
        url: "https://cdn.test/file.png",
      }));
    case "acquiring-both":
      return [{ type: "slot-acquired", slotId: "slot-1" }, { type: "credits-reserved" }];
    case "acquiring-slot":
      return [{ type: "slot-acquired", slotId: "slot-1" }];
    case "reserving-credits":
      return [{ type: "credits-reserved" }];
    case "creating-session":
      return [{ type: "session-created", sessionId: "session-1" }];
    case "recording":
      return [{ type: "row-recorded", rowId: "row-1" }];
    case "submitting":
      return [{ type: "job-accepted", job: { requestId: "job-1" } }];
    case "polling":
      if (!state.poll.isAsking) return [{ type: "wait-elapsed", key: "poll" }];
      return [
        { type: "job-pending" },
        { type: "job-pending" },
        { type: "job-pending" },
        { type: "job-finished", videos },
      ];
    case "giving-up":
      return [{ type: "cancel-answered", answer: "unsupported" }];
    case "settling":
      if (state.steps["save-videos"]?.status === "running")
        return [{ type: "videos-saved", videos: ["https://copies.test/1.mp4"] }];
      return STEPS.filter((name) => state.steps[name]?.status === "running").map((name) => ({
        type: "step-settled",
        step: name,
      }));
    case "watching":
      return [{ type: "job-finished", videos }];
    case "completed":
    case "failed":
    case "canceled":
      return [];
  }
}

// The one event that an ended generation reacts to is covered by ended.test.ts.
const { "hold-read": _afterTheEnd, ...BEFORE_THE_END } = PAYLOADS;

const moment = fc.record({
  any: fc.oneof(...Object.values<fc.Arbitrary<EventPayload>>(BEFORE_THE_END)),
  /** Which advancing event to take; mostly used instead of a random one. */
  onward: fc.option(fc.nat(4), { freq: 3 }),
  gapMs: fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 60_000, max: 3_600_000 })),
  random: fc.double({ min: 0, max: 0.999_999, noNaN: true }),
});
type Files = NonNullable<Parameters<typeof initial>[1]>;
const files = fc.constantFrom<Files>(
  [],
  [],
  ["file-1", "file-2"].map((id) => ({ fileId: id, stored: undefined })),
);
type Moment = typeof moment extends fc.Arbitrary<infer T> ? T : never;

/** Every transition, from the first state on. */
function run(
  of: GenerationPlan,
  files: Files,
  { moments, rules }: { moments: readonly Moment[]; rules: Rules },
): Moved[] {
  let [state] = initial(of, files);
  let at = of.createdAt;
  return moments.map(({ any, onward, gapMs, random }) => {
    at += gapMs;
    const choices = onwardFrom(state);
    const said = onward === null ? undefined : choices[onward % choices.length];
    const payload = said === undefined ? any : answering(state, said);
    const event = { ...payload, at, random };
    // As if the questions in between had counted the time.
    const before = "poll" in state ? aged(state, at) : state;
    const [after, effects] = transition(before, event, rules);
    state = after;
    return { before, event, after, effects, rules };
  });
}

/** Checks every run of random events. */
function always(check: (moved: readonly Moved[], of: GenerationPlan) => void): void {
  const moments = fc.array(moment, { maxLength: 60, size: "max" });
  fc.assert(
    fc.property(plan, files, moments, fc.boolean(), (of, attached, all, savesVideos) =>
      check(run(of, attached, { moments: all, rules: { polling, savesVideos } }), of),
    ),
    RUNS,
  );
}

/** The effects of these names, in order. */
function sentBy<Type extends Effect["type"]>(
  moved: readonly Moved[],
  ...types: readonly Type[]
): Extract<Effect, { type: Type }>[] {
  const isOne = (candidate: Effect): candidate is Extract<Effect, { type: Type }> =>
    types.some((type) => type === candidate.type);
  return moved.flatMap(({ effects }) => effects.filter(isOne));
}

/** Answers that still count after the end: what they acquired is released, what they settled is settled. */
const BRINGING: readonly EventType[] = [
  "slot-acquired",
  "credits-reserved",
  "row-recorded",
  "step-settled",
  "videos-saved",
  "job-accepted",
];

/** Whether the event counted as the answer to the effect in flight. */
const isHeard = ({ before, after, effects }: Moved): boolean => after !== before || effects.length > 0;

describe("whatever happens, in whatever order", () => {
  test("nothing to do means the same reference, and a step that stays asks for something or is the same", () => {
    always((moved) => {
      for (const { before, event, effects, rules } of moved) {
        const [again, more]: TransitionResult = transition(before, event, rules);
        expect(more).toEqual(effects);
        if (effects.length === 0 && again !== before) expect(again).not.toEqual(before);
      }
    });
  });

  test("random events reach every state, or the rules below would say little", () => {
    const visits: Record<StateName, number> = {
      uploading: 0,
      "acquiring-both": 0,
      "acquiring-slot": 0,
      "reserving-credits": 0,
      "creating-session": 0,
      recording: 0,
      submitting: 0,
      polling: 0,
      "giving-up": 0,
      settling: 0,
      watching: 0,
      completed: 0,
      failed: 0,
      canceled: 0,
    };
    always((moved) => {
      for (const { before } of moved) visits[before.name]++;
    });
    expect(Object.entries(visits).filter(([, count]) => count < 50)).toEqual([]);
  });

  test("final states absorb everything but late acquisitions and late settlements, by reference", () => {
    always((moved) => {
      for (const { before, event, after, effects } of moved) {
        if (before.name !== "completed" && before.name !== "failed" && before.name !== "canceled") continue;
        if (BRINGING.includes(event.type)) continue;
        expect(after).toBe(before);
        expect(effects).toEqual([]);
      }
    });
  });

  test("capture and release exclude each other", () => {
    always((moved) => {
      expect(new Set(sentBy(moved, "capture-credits", "release-credits").map(({ type }) => type)).size).toBeLessThan(2);
    });
  });

  test("credits are captured only after a row with at least one video was saved", () => {
    always((moved) => {
      const first = moved.findIndex((one) => sentBy([one], "capture-credits").length > 0);
      if (first === -1) return;
      const saved = moved.slice(0, first + 1);
      expect(saved.at(-1)?.event).toMatchObject({ type: "step-settled", step: "save-row" });
      expect(sentBy(saved, "save-row").at(-1)?.videos.length).toBeGreaterThan(0);
    });
  });

  test("credits are released only after they were reserved", () => {
    always((moved) => {
      const first = moved.findIndex((one) => sentBy([one], "release-credits").length > 0);
      if (first === -1) return;
      expect(
        moved
          .slice(0, first + 1)
          .filter(isHeard)
          .map(({ event }) => event.type),
      ).toContain("credits-reserved");
    });
  });

  test.each([
    "acquire-slot",
    "reserve-credits",
    "create-session",
    "record-row",
    "submit-job",
    "capture-credits",
    "release-credits",
  ] as const)(
    "%s is sent again only when the last one certainly did not happen, or where the other side runs it once",
    (type) => {
      always((moved, { guarantee: strength, isSubmitRepeatable }) => {
        if (type === "submit-job" ? isSubmitRepeatable : strength === "exactly-once") return;
        // Without files the first state requests the slot before any transition.
        let isSent = type === "acquire-slot" && moved[0]?.before.name !== "uploading";
        let isCertain = false;
        for (const one of moved) {
          const { event } = one;
          if (event.type === "effect-failed" && event.effect === type && isHeard(one))
            isCertain = event.certainty === "not-done";
          if (sentBy([one], type).length === 0) continue;
          expect(isSent && !isCertain).toBe(false);
          isSent = true;
          isCertain = false;
        }
      });
    },
  );

  test("a slot that was acquired is closed before the end, and credits that were reserved are settled or reported as held", () => {
    always((moved) => {
      const last = moved.at(-1);
      if (last === undefined || !isDecided(last.after) || !("held" in last.after)) return;
      const { held } = last.after;
      const heard = moved.filter(isHeard).map(({ event }) => event.type);
      expect(held.slotId !== undefined).toBe(heard.includes("slot-acquired"));
      expect(sentBy(moved, "close-slot").length > 0).toBe(held.slotId !== undefined);
      expect(held.credits === "held").toBe(heard.includes("credits-reserved"));
      expect(snapshotOf(last.after).settlement === "none").toBe(held.credits === "none");
    });
  });

  test("the settlement says captured or released only after that was answered, and stays once the outcome is known", () => {
    always((moved) => {
      const answered = new Set<string>();
      let decided: string | undefined;
      for (const { event, after } of moved) {
        if (event.type === "step-settled") answered.add(event.step);
        const { settlement, status, error: shownError } = snapshotOf(after);
        if (settlement === "captured") expect(answered).toContain("capture-credits");
        if (settlement === "released") expect(answered).toContain("release-credits");
        if (shownError?.settlement !== undefined && isDecided(after)) expect(shownError.settlement).toBe(settlement);
        // Only what was open may still become final, and only by an answer that came late.
        const isOpen = decided?.endsWith(" held") === true || decided?.endsWith(" unknown") === true;
        if (decided !== undefined && !(isOpen && BRINGING.includes(event.type))) {
          expect(`${status} ${settlement}`).toBe(decided);
        }
        if (decided !== undefined) expect(decided.startsWith(`${status} `)).toBe(true);
        if (isDecided(after)) decided = `${status} ${settlement}`;
      }
    });
  });

  test("the plan never changes, and every call names its amount and its one key", () => {
    always((moved, of) => {
      const keys = new Map<string, string>([["acquire-slot", "generation-1:slot"]]);
      for (const { after, effects } of moved) {
        expect(after.plan).toEqual(of);
        for (const one of effects) {
          if ("credits" in one) expect(one.credits).toBe(of.credits);
          if ("request" in one) expect(one.request).toEqual(of.request);
          if (!("key" in one) || one.type === "wait") continue;
          // A late delivery is another write to the row than the one that ended it.
          const operation = one.type === "save-row" && one.key.endsWith("row-late") ? "save-row-late" : one.type;
          expect(keys.get(operation) ?? one.key).toBe(one.key);
          keys.set(operation, one.key);
        }
      }
    });
  });
});

const ABOUT_ONE_ATTEMPT = ["effect-failed", "job-pending", "job-refused", "cancel-answered"] as const;
type AboutOneAttempt = Extract<GenerationEvent, { type: (typeof ABOUT_ONE_ATTEMPT)[number] }>;

function isAboutOneAttempt(event: GenerationEvent): event is AboutOneAttempt {
  return ABOUT_ONE_ATTEMPT.some((type) => type === event.type);
}

describe("whatever happens, of time and attempts", () => {
  test("a wait is for a moment to come, at most an hour away", () => {
    always((moved) => {
      for (const one of moved) {
        for (const { until } of sentBy([one], "wait")) {
          expect(until).toBeGreaterThan(one.event.at);
          expect(until - one.event.at).toBeLessThanOrEqual(3_600_000);
        }
      }
    });
  });

  test("every attempt at an effect has a number of its own, higher than the ones before it", () => {
    always((moved) => {
      const last = new Map<string, number>();
      for (const { effects } of moved) {
        for (const one of effects) {
          // Attempt 0 is a call whose answer is not waited for.
          if (!("attempt" in one) || one.attempt === 0) continue;
          const name = one.type === "upload-file" ? `${one.type} ${one.fileId}` : one.type;
          expect(one.attempt).toBeGreaterThan(last.get(name) ?? 0);
          last.set(name, one.attempt);
        }
      }
    });
  });

  test("a failure, a pending answer or an answer to a cancel means nothing when it answers another attempt, or comes twice", () => {
    always((moved) => {
      for (const { before, event, rules } of moved) {
        if (!isAboutOneAttempt(event)) continue;
        const [next] = transition(before, event, rules);
        if (next === before) continue;
        // It answered the attempt in flight: repeated, or for an older attempt, it is ignored.
        const again = transition(next, event, rules);
        expect(again).toEqual([next, []]);
        const older = transition(before, { ...event, attempt: event.attempt - 1 }, rules);
        expect(older).toEqual([before, []]);
      }
    });
  });

  test("attempts never decrease within a state, nor do a settlement step's", () => {
    always((moved) => {
      for (const { before, after } of moved) {
        if ("attempt" in before && "attempt" in after && before.name === after.name) {
          expect(after.attempt).toBeGreaterThanOrEqual(before.attempt);
        }
        if (before.name !== "settling" || after.name !== "settling" || after.verdict !== before.verdict) continue;
        for (const [key, { attempt: sent }] of Object.entries(before.steps)) {
          const now = Object.entries(after.steps).find(([candidate]) => candidate === key);
          expect(now?.[1].attempt).toBeGreaterThanOrEqual(sent);
        }
      }
    });
  });
});
