import { resolveVideoRequest } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { videoErrorData } from "../errors.ts";
import { tell, type Said } from "./__fixtures__/answering.ts";
import { defaultPollingPolicy } from "./polling-policy.ts";
import { isDecided, snapshotOf, type GenerationSnapshot } from "./snapshot.ts";
import type { GenerationPlan, GenerationState } from "./state.ts";
import { initial } from "./transition.ts";

const MINUTE = 60_000;
const { request } = resolveVideoRequest({ model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 });
const plan: GenerationPlan = {
  id: "generation-1",
  request,
  credits: 208,
  createdAt: 500,
  guarantee: "exactly-once",
  isSubmitRepeatable: false,
};
const videos = ["https://videos.test/1.mp4"];
const settled = (step: "save-row" | "mark-row-failed" | "capture-credits" | "release-credits" | "close-slot") =>
  ({ type: "step-settled", step }) as const;

type Moment = Said & { readonly at?: number };

/** The state after these events, from the start or from a given state. */
function state(moments: readonly Moment[], of: GenerationPlan = plan): GenerationState {
  const rules = { polling: defaultPollingPolicy };
  return moments.reduce(
    (before, moment) => tell(before, { at: 1_000, random: 0.5, ...moment }, rules)[0],
    initial(of)[0],
  );
}

const slot: Moment[] = [{ type: "slot-acquired", slotId: "slot-1" }];
const credits: Moment[] = [...slot, { type: "credits-reserved" }];
const session: Moment[] = [...credits, { type: "session-created", sessionId: "session-1" }];
const row: Moment[] = [...session, { type: "row-recorded", rowId: "row-1" }];
const polling: Moment[] = [...row, { type: "job-accepted", job: { requestId: "job-1" } }];
const canceling: Moment[] = [...polling, { type: "cancel-requested" }];
const givingUp: Moment[] = [
  ...polling,
  { type: "job-pending", at: 40 * MINUTE },
  { type: "job-pending", at: 41 * MINUTE },
];
const saving: Moment[] = [...polling, { type: "job-finished", videos }];
const capturing: Moment[] = [...saving, settled("save-row")];
const completed: Moment[] = [...capturing, settled("capture-credits"), settled("close-slot")];
const releasing: Moment[] = [...polling, { type: "job-failed", error: videoErrorData("content-rejected") }];
const givenBack = [settled("mark-row-failed"), settled("release-credits"), settled("close-slot")];
const failed: Moment[] = [...releasing, ...givenBack];
const watching: Moment[] = [
  ...givingUp,
  { type: "cancel-answered", answer: "unsupported", at: 41 * MINUTE },
  ...givenBack,
];
const late: Moment[] = [...watching, { type: "job-finished", videos }];
const cancelSettling: Moment[] = [...canceling, { type: "cancel-answered", answer: "removed" }];
const unsure: Moment[] = [
  ...slot,
  { type: "effect-failed", effect: "reserve-credits", certainty: "unknown", error: videoErrorData("unreachable") },
];

test("one thing at a time looks the same", () => {
  const inTurn = { ...plan, guarantee: "at-most-once" } as const;
  for (const moments of [[], slot, credits])
    expect(snapshotOf(state(moments, inTurn))).toEqual(snapshotOf(state(moments)));
  expect([state([], inTurn).name, state(slot, inTurn).name]).toEqual(["acquiring-slot", "reserving-credits"]);
});

describe("the picture of every state", () => {
  test.each<[string, Moment[], Partial<GenerationSnapshot>]>([
    ["acquiring-both", [], { phase: "acquiring-slot", status: "running", settlement: "none", slotId: undefined }],
    ["acquiring-both, with the slot", slot, { phase: "reserving-credits", settlement: "none", slotId: "slot-1" }],
    ["acquiring-both, an answer lost", unsure, { phase: "reserving-credits", settlement: "unknown" }],
    ["creating-session", credits, { phase: "creating-session", settlement: "held", sessionId: undefined }],
    ["recording", session, { phase: "recording", settlement: "held", sessionId: "session-1", rowId: undefined }],
    [
      "submitting",
      row,
      { phase: "submitting", settlement: "held", rowId: "row-1", acceptedAt: undefined, requestId: undefined },
    ],
    [
      "polling",
      polling,
      { phase: "polling", settlement: "held", acceptedAt: 1_000, requestId: "job-1", isSlow: false },
    ],
    ["polling, canceling", canceling, { phase: "polling", status: "running", isCanceling: true, settlement: "held" }],
    [
      "giving-up",
      givingUp,
      { phase: "polling", status: "running", isSlow: true, settlement: "held", error: undefined },
    ],
    [
      "settling a delivery",
      saving,
      { phase: "saving", status: "running", settlement: "held", videos, isCanceling: false },
    ],
    ["settling after the row", capturing, { phase: "settling", status: "running", settlement: "held", videos }],
    ["settling a failure", releasing, { phase: "settling", status: "running", settlement: "held", videos: [] }],
    [
      "settling a cancel",
      cancelSettling,
      { phase: "settling", status: "running", isCanceling: true, error: undefined },
    ],
    [
      "completed",
      completed,
      { phase: "completed", status: "completed", settlement: "captured", videos, error: undefined },
    ],
    ["failed", failed, { phase: "failed", status: "failed", settlement: "released", videos: [] }],
    [
      "canceled",
      [...cancelSettling, ...givenBack],
      { phase: "canceled", status: "canceled", isCanceling: false, settlement: "released" },
    ],
    [
      "watching",
      watching,
      { phase: "failed", status: "failed", settlement: "released", requestId: "job-1", videos: [] },
    ],
    ["settling a late delivery", late, { phase: "failed", status: "failed", settlement: "released", videos }],
    ["failed, with a late video", [...late, settled("save-row")], { phase: "failed", settlement: "released", videos }],
  ])("%s", (name, moments, expected) => {
    const shown = snapshotOf(state(moments));
    expect(state(moments).name).toBe(name.split(/[ ,]/)[0]);
    expect(shown).toMatchObject(expected);
    expect(shown).toMatchObject({
      id: "generation-1",
      model: "vid-veo-3.1-fast",
      prompt: "a corgi surfing",
      request,
      credits: 208,
      createdAt: 500,
    });
    expect(isDecided(state(moments))).toBe(shown.status !== "running");
  });
});

test("a row that waits for another attempt still counts as saving", () => {
  const retrying: Moment = {
    type: "effect-failed",
    effect: "save-row",
    certainty: "unknown",
    error: videoErrorData("unreachable"),
  };
  expect(snapshotOf(state([...saving, retrying]))).toMatchObject({ phase: "saving" });
});

test("a failure shows its error while the books are made final, and what became of the credits after", () => {
  expect(snapshotOf(state(releasing)).error).toMatchObject({ code: "content-rejected", phase: "polling" });
  expect(snapshotOf(state(failed)).error).toMatchObject({ code: "content-rejected", settlement: "released" });
});

test("a given session is shown from the start, and stays", () => {
  const given = { ...plan, sessionId: "session-of-mine" };
  expect(snapshotOf(state([], given))).toMatchObject({ sessionId: "session-of-mine" });
  const canceled: Moment[] = [...slot, { type: "cancel-requested" }, { type: "credits-reserved" }];
  expect(snapshotOf(state(canceled, given))).toMatchObject({ phase: "settling", sessionId: "session-of-mine" });
});

test("the picture of the same state says the same, field by field, and never lacks a field", () => {
  const names = Object.keys(snapshotOf(state([])));
  for (const moments of [polling, saving, failed, watching]) {
    expect(Object.keys(snapshotOf(state(moments)))).toEqual(names);
    expect(snapshotOf(state(moments))).toEqual(snapshotOf(state(moments)));
  }
});
