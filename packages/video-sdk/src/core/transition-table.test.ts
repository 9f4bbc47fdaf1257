// The truth table of the machine: what every event makes of every state. The compiler demands every cell.
import { describe, expect, test } from "vitest";
import { atMostOnce as plan } from "./__fixtures__/plans.ts";
import { videoErrorData } from "../errors.ts";
import type { EffectType, OutsideEffect, WaitKey } from "./effect.ts";
import type { EventType, EventPayload } from "./event.ts";
import { answering, type Said } from "./__fixtures__/answering.ts";
import { notAskedYet } from "./next-question.ts";
import { defaultPollingPolicy } from "./polling-policy.ts";
import type { GenerationState, StateName } from "./state.ts";
import { transition } from "./transition.ts";

/** `same`: the same reference and no effects. */
type Expected = "same" | { readonly to: StateName; readonly effects: readonly EffectType[] };
const go = (to: StateName, ...effects: readonly EffectType[]): Expected => ({ to, effects });

const DELIVERING = ["stop-waiting", "save-row"] as const;
const GIVING_BACK = ["stop-waiting", "mark-row-failed", "release-credits", "close-slot"] as const;

const finalOf = (name: StateName): Record<EventType, Expected> => ({
  ...FINAL,
  "job-accepted": go(name, "cancel-job"),
});
const FINAL: Record<EventType, "same"> = {
  "slot-acquired": "same",
  "credits-reserved": "same",
  "session-created": "same",
  "row-recorded": "same",
  "job-accepted": "same",
  "job-attached": "same",
  "job-pending": "same",
  "job-refused": "same",
  "job-finished": "same",
  "job-failed": "same",
  "cancel-requested": "same",
  "hold-read": "same",
  "cancel-answered": "same",
  "wait-elapsed": "same",
  "step-settled": "same",
  "videos-saved": "same",
  "effect-failed": "same",
  "file-progress": "same",
  "file-uploaded": "same",
  woken: "same",
};

const TABLE: Record<StateName, Record<EventType, Expected>> = {
  uploading: {
    "slot-acquired": "same",
    "credits-reserved": "same",
    "session-created": "same",
    "row-recorded": "same",
    "job-accepted": "same",
    "job-attached": "same",
    "job-pending": "same",
    "job-refused": "same",
    "job-finished": "same",
    "job-failed": "same",
    "cancel-requested": go("canceled", "stop-waiting"),
    "hold-read": "same",
    "cancel-answered": "same",
    "wait-elapsed": go("uploading", "upload-file"),
    "step-settled": "same",
    "videos-saved": "same",
    "effect-failed": go("uploading", "wait"),
    "file-progress": go("uploading"),
    "file-uploaded": go("acquiring-slot", "acquire-slot"),
    woken: "same",
  },
  "acquiring-both": {
    "slot-acquired": go("acquiring-both"),
    "credits-reserved": go("acquiring-both"),
    "session-created": "same",
    "row-recorded": "same",
    "job-accepted": "same",
    "job-attached": "same",
    "job-pending": "same",
    "job-refused": "same",
    "job-finished": "same",
    "job-failed": "same",
    "cancel-requested": go("acquiring-both"),
    "hold-read": "same",
    "cancel-answered": "same",
    "wait-elapsed": go("acquiring-both", "acquire-slot"),
    "step-settled": "same",
    "videos-saved": "same",
    "effect-failed": go("acquiring-both", "wait"),
    "file-progress": "same",
    "file-uploaded": "same",
    woken: "same",
  },
  "acquiring-slot": {
    "slot-acquired": go("reserving-credits", "reserve-credits"),
    "credits-reserved": "same",
    "session-created": "same",
    "row-recorded": "same",
    "job-accepted": "same",
    "job-attached": "same",
    "job-pending": "same",
    "job-refused": "same",
    "job-finished": "same",
    "job-failed": "same",
    "cancel-requested": go("acquiring-slot"),
    "hold-read": "same",
    "cancel-answered": "same",
    "wait-elapsed": go("acquiring-slot", "acquire-slot"),
    "step-settled": "same",
    "videos-saved": "same",
    "effect-failed": go("acquiring-slot", "wait"),
    "file-progress": "same",
    "file-uploaded": "same",
    woken: "same",
  },
  "reserving-credits": {
    "slot-acquired": "same",
    "credits-reserved": go("creating-session", "create-session"),
    "session-created": "same",
    "row-recorded": "same",
    "job-accepted": "same",
    "job-attached": "same",
    "job-pending": "same",
    "job-refused": "same",
    "job-finished": "same",
    "job-failed": "same",
    "cancel-requested": go("reserving-credits"),
    "hold-read": "same",
    "cancel-answered": "same",
    "wait-elapsed": go("reserving-credits", "reserve-credits"),
    "step-settled": "same",
    "videos-saved": "same",
    "effect-failed": go("reserving-credits", "wait"),
    "file-progress": "same",
    "file-uploaded": "same",
    woken: "same",
  },
  "creating-session": {
    "slot-acquired": "same",
    "credits-reserved": "same",
    "session-created": go("recording", "record-row"),
    "row-recorded": "same",
    "job-accepted": "same",
    "job-attached": "same",
    "job-pending": "same",
    "job-refused": "same",
    "job-finished": "same",
    "job-failed": "same",
    "cancel-requested": go("creating-session"),
    "hold-read": "same",
    "cancel-answered": "same",
    "wait-elapsed": go("creating-session", "create-session"),
    "step-settled": "same",
    "videos-saved": "same",
    "effect-failed": go("creating-session", "wait"),
    "file-progress": "same",
    "file-uploaded": "same",
    woken: "same",
  },
  recording: {
    "slot-acquired": "same",
    "credits-reserved": "same",
    "session-created": "same",
    "row-recorded": go("submitting", "submit-job"),
    "job-accepted": "same",
    "job-attached": "same",
    "job-pending": "same",
    "job-refused": "same",
    "job-finished": "same",
    "job-failed": "same",
    "cancel-requested": go("recording"),
    "hold-read": "same",
    "cancel-answered": "same",
    "wait-elapsed": go("recording", "record-row"),
    "step-settled": "same",
    "videos-saved": "same",
    "effect-failed": go("recording", "wait"),
    "file-progress": "same",
    "file-uploaded": "same",
    woken: "same",
  },
  submitting: {
    "slot-acquired": "same",
    "credits-reserved": "same",
    "session-created": "same",
    "row-recorded": "same",
    "job-accepted": go("polling", "attach-job", "wait"),
    "job-attached": "same",
    "job-pending": "same",
    "job-refused": "same",
    "job-finished": go("settling", ...DELIVERING),
    "job-failed": go("settling", ...GIVING_BACK),
    "cancel-requested": go("submitting"),
    "hold-read": "same",
    "cancel-answered": "same",
    "wait-elapsed": go("submitting", "submit-job"),
    "step-settled": "same",
    "videos-saved": "same",
    "effect-failed": go("submitting", "wait"),
    "file-progress": "same",
    "file-uploaded": "same",
    woken: "same",
  },
  polling: {
    "slot-acquired": "same",
    "credits-reserved": "same",
    "session-created": "same",
    "row-recorded": "same",
    "job-accepted": go("polling", "cancel-job"),
    "job-attached": go("polling"),
    "job-pending": go("polling", "wait"),
    "job-refused": go("polling", "wait"),
    "job-finished": go("settling", ...DELIVERING),
    "job-failed": go("settling", ...GIVING_BACK),
    "cancel-requested": go("polling", "cancel-job"),
    "hold-read": "same",
    "cancel-answered": go("settling", ...GIVING_BACK),
    "wait-elapsed": go("polling", "attach-job", "check-status"),
    "step-settled": "same",
    "videos-saved": "same",
    "effect-failed": go("polling", "wait"),
    "file-progress": "same",
    "file-uploaded": "same",
    woken: go("polling", "attach-job", "check-status"),
  },
  "giving-up": {
    "slot-acquired": "same",
    "credits-reserved": "same",
    "session-created": "same",
    "row-recorded": "same",
    "job-accepted": go("giving-up", "cancel-job"),
    "job-attached": "same",
    "job-pending": "same",
    "job-refused": "same",
    "job-finished": go("settling", ...DELIVERING),
    "job-failed": go("settling", ...GIVING_BACK),
    "cancel-requested": go("giving-up"),
    "hold-read": "same",
    "cancel-answered": go("settling", ...GIVING_BACK),
    "wait-elapsed": "same",
    "step-settled": "same",
    "videos-saved": "same",
    "effect-failed": go("settling", ...GIVING_BACK),
    "file-progress": "same",
    "file-uploaded": "same",
    woken: go("giving-up"),
  },
  settling: {
    "slot-acquired": "same",
    "credits-reserved": "same",
    "session-created": "same",
    "row-recorded": "same",
    "job-accepted": go("settling", "cancel-job"),
    "job-attached": "same",
    "job-pending": "same",
    "job-refused": "same",
    "job-finished": "same",
    "job-failed": "same",
    "cancel-requested": "same",
    "hold-read": "same",
    "cancel-answered": "same",
    "wait-elapsed": go("settling", "save-row"),
    "step-settled": go("settling", "capture-credits", "close-slot"),
    "videos-saved": go("settling", "save-row"),
    "effect-failed": go("settling", "wait"),
    "file-progress": "same",
    "file-uploaded": "same",
    woken: "same",
  },
  watching: {
    "slot-acquired": "same",
    "credits-reserved": "same",
    "session-created": "same",
    "row-recorded": "same",
    "job-accepted": go("watching", "cancel-job"),
    "job-attached": "same",
    "job-pending": go("watching", "wait"),
    "job-refused": go("watching", "wait"),
    "job-finished": go("settling", ...DELIVERING),
    "job-failed": go("failed", "stop-waiting"),
    "cancel-requested": go("failed", "stop-waiting"),
    "hold-read": "same",
    "cancel-answered": "same",
    "wait-elapsed": go("watching", "check-status"),
    "step-settled": "same",
    "videos-saved": "same",
    "effect-failed": go("watching", "wait"),
    "file-progress": "same",
    "file-uploaded": "same",
    woken: go("watching", "check-status"),
  },
  completed: finalOf("completed"),
  failed: finalOf("failed"),
  canceled: finalOf("canceled"),
};

const sent = { plan, isCanceling: false, attempt: 2, tries: 2, isWaiting: false, isUnsure: false };
const running = { status: "running", attempt: 2, tries: 2, isUnsure: false } as const;
const both = { "acquire-slot": running, "reserve-credits": running };
const job = { requestId: "job-1" };
const ids = { slotId: "slot-1", sessionId: "session-1", rowId: "row-1" };
const poll = { ...notAskedYet(0), answers: 1, questionsSent: 2, isAsking: true, cancelsSent: 2, attachesSent: 2 };
const accepted = { plan, ...ids, job, poll, isCanceling: false, acceptedAt: 0, isSlow: false, isAttached: false };
const over = { decidedAt: 5_000, plan, held: { ...ids, credits: "held" } } as const;
const videos = ["https://videos.test/1.mp4"];
const error = videoErrorData("rate-limited");

/** Each state in its plain form, with its effect in flight. */
const STATES: { readonly [Name in StateName]: Extract<GenerationState, { name: Name }> } = {
  uploading: {
    name: "uploading",
    plan,
    files: { "file-1": { status: "sending", attempt: 2, tries: 2, sentBytes: 0 } },
  },
  "acquiring-both": { name: "acquiring-both", plan, isCanceling: false, steps: { ...both } },
  "acquiring-slot": { name: "acquiring-slot", ...sent },
  "reserving-credits": { name: "reserving-credits", ...sent, slotId: "slot-1" },
  "creating-session": { name: "creating-session", ...sent, slotId: "slot-1" },
  recording: { name: "recording", ...sent, slotId: "slot-1", sessionId: "session-1" },
  submitting: { name: "submitting", ...sent, ...ids },
  polling: { name: "polling", ...accepted },
  "giving-up": { name: "giving-up", ...accepted, poll: { ...poll, isAsking: false } },
  settling: {
    name: "settling",
    ...over,
    verdict: { kind: "deliver", videos },
    steps: { "save-row": { status: "running", attempt: 2, tries: 2, isUnsure: false } },
  },
  watching: {
    name: "watching",
    ...over,
    job,
    acceptedAt: 0,
    error,
    settlement: "released",
    questionsSent: 2,
    looks: 0,
    isAsking: true,
  },
  completed: { name: "completed", ...over, settlement: "captured", videos },
  failed: { name: "failed", ...over, settlement: "released", error, videos: [] },
  canceled: { name: "canceled", ...over, settlement: "released" },
};

/** The effect that each state has in flight. Final states have none, so any effect stands in. */
const OWN_EFFECT: Record<StateName, OutsideEffect["type"]> = {
  uploading: "upload-file",
  "acquiring-both": "acquire-slot",
  "acquiring-slot": "acquire-slot",
  "reserving-credits": "reserve-credits",
  "creating-session": "create-session",
  recording: "record-row",
  submitting: "submit-job",
  polling: "check-status",
  "giving-up": "cancel-job",
  settling: "save-row",
  watching: "check-status",
  completed: "close-slot",
  failed: "close-slot",
  canceled: "close-slot",
};

const EVENTS: { readonly [Type in EventType]: (state: StateName) => Extract<Said, { type: Type }> } = {
  "slot-acquired": () => ({ type: "slot-acquired", slotId: "slot-2" }),
  "credits-reserved": () => ({ type: "credits-reserved" }),
  "session-created": () => ({ type: "session-created", sessionId: "session-2" }),
  "row-recorded": () => ({ type: "row-recorded", rowId: "row-2" }),
  "job-accepted": () => ({ type: "job-accepted", job: { requestId: "job-2" } }),
  "job-attached": () => ({ type: "job-attached" }),
  "job-pending": () => ({ type: "job-pending" }),
  "job-refused": () => ({ type: "job-refused", status: 422, text: "Flagged." }),
  "job-finished": () => ({ type: "job-finished", videos }),
  "job-failed": () => ({ type: "job-failed", error }),
  "cancel-requested": () => ({ type: "cancel-requested" }),
  "hold-read": () => ({ type: "hold-read", isHeld: true }),
  "cancel-answered": () => ({ type: "cancel-answered", answer: "removed" }),
  "wait-elapsed": (state) => ({ type: "wait-elapsed", key: waitKeyOf(state) }),
  "step-settled": () => ({ type: "step-settled", step: "save-row" }),
  "videos-saved": () => ({ type: "videos-saved", videos: ["https://copies.test/1.mp4"] }),
  "effect-failed": (state) => ({
    type: "effect-failed",
    effect: OWN_EFFECT[state],
    certainty: "not-done",
    error,
    fileId: state === "uploading" ? "file-1" : undefined,
  }),
  "file-progress": () => ({ type: "file-progress", fileId: "file-1", sentBytes: 10, totalBytes: 100 }),
  "file-uploaded": () => ({ type: "file-uploaded", fileId: "file-1", url: "https://cdn.test/file-1.png" }),
  woken: () => ({ type: "woken" }),
};

function waitKeyOf(state: StateName): WaitKey {
  if (state === "settling") return "save-row";
  if (state === "acquiring-both") return "acquire-slot";
  if (state === "uploading") return "retry";
  return "attempt" in STATES[state] ? "retry" : "poll";
}

/** The state in which the event means the most: waiting where a wait elapses, canceling where a cancel is answered. */
function sampleFor(name: StateName, type: EventType): GenerationState {
  const state = STATES[name];
  if (type === "cancel-answered" && state.name === "polling") return { ...state, isCanceling: true };
  if (type === "videos-saved" && state.name === "settling")
    return { ...state, steps: { "save-videos": { status: "running", attempt: 2, tries: 2, isUnsure: false } } };
  if (type === "woken" && state.name === "polling") return { ...state, poll: { ...poll, isAsking: false } };
  if (type === "woken" && state.name === "watching") return { ...state, isAsking: false };
  if (type !== "wait-elapsed") return state;
  if (state.name === "uploading")
    return { ...state, files: { "file-1": { status: "waiting", attempt: 2, tries: 2, sentBytes: 0 } } };
  if (state.name === "acquiring-both")
    return { ...state, steps: { ...both, "acquire-slot": { ...running, status: "waiting" } } };
  if (state.name === "polling") return { ...state, poll: { ...poll, isAsking: false } };
  if (state.name === "watching") return { ...state, isAsking: false };
  if (state.name === "settling")
    return { ...state, steps: { "save-row": { status: "waiting", attempt: 2, tries: 2, isUnsure: false } } };
  return "isWaiting" in state ? { ...state, isWaiting: true } : state;
}

/** Deeply frozen: a machine that mutated its input would throw. */
function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}

function keysOf<K extends string>(record: Readonly<Record<K, unknown>>): K[] {
  return Object.keys(record) as K[]; // an object literal of a closed Record type has exactly its keys
}

/** Events that are facts whichever attempt they answer. All others are about one attempt. */
const FACTS: readonly EventType[] = [
  "file-uploaded",
  "slot-acquired",
  "credits-reserved",
  "session-created",
  "row-recorded",
  "job-accepted",
  "job-attached",
  "job-finished",
  "step-settled",
  "videos-saved",
];

function isFact(name: StateName, type: EventType): boolean {
  // The provider's verdict on the job is one; a refusal of the submit is about that attempt.
  return FACTS.includes(type) || (type === "job-failed" && name !== "submitting");
}

/** The next state and the effects of an event: `same` for the same reference and no effects. */
function ledBy(name: StateName, type: EventType, payload: EventPayload): Expected {
  const state = deepFreeze(sampleFor(name, type));
  const event = deepFreeze({ ...payload, at: 60_000, random: 0.5 });
  const [next, effects] = transition(state, event, { polling: defaultPollingPolicy });
  if (next === state && effects.length === 0) return "same";
  return { to: next.name, effects: effects.map((effect) => effect.type) };
}

describe.each(keysOf(TABLE))("%s", (name) => {
  test.each(keysOf(TABLE[name]))("%s leads where the table says", (type) => {
    expect(ledBy(name, type, answering(sampleFor(name, type), EVENTS[type](name)))).toEqual(TABLE[name][type]);
  });

  test.each(keysOf(TABLE[name]))("%s of an older attempt leads there only as a fact", (type) => {
    const current = answering(sampleFor(name, type), EVENTS[type](name));
    const isOlder = "attempt" in current;
    const told = isOlder ? { ...current, attempt: 1 } : current;
    const isPassedOver = isOlder && !isFact(name, type);
    expect(ledBy(name, type, told)).toEqual(isPassedOver ? "same" : TABLE[name][type]);
  });
});
