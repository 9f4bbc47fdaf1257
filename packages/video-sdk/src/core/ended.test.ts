// The one thing an ended generation still reacts to.
import { resolveVideoRequest } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { videoErrorData, type Settlement } from "../errors.ts";
import type { GenerationEvent } from "./event.ts";
import { createPollingPolicy } from "./polling-policy.ts";
import type { Canceled, Completed, Failed, Held } from "./state.ts";
import type { StepProgress } from "./settlement-steps.ts";
import { snapshotOf } from "./snapshot.ts";
import { transition } from "./transition.ts";

const { request } = resolveVideoRequest({ model: "vid-veo-3.1-fast", prompt: "a corgi surfing" });
const plan = {
  id: "generation-1",
  request,
  credits: 208,
  createdAt: 0,
  guarantee: "reconciled",
  isSubmitRepeatable: false,
} as const;
const ids = { slotId: "slot-1", sessionId: "session-1", rowId: "row-1" };
const held: Held = { ...ids, credits: "held" };
const base = { plan, decidedAt: 5, settlement: "unknown" } as const;
const completed: Completed = { ...base, name: "completed", held, videos: ["https://videos.test/1.mp4"] };
const failed: Failed = { ...base, name: "failed", held, error: videoErrorData("provider-failed"), videos: [] };
const unsure: Failed = { ...failed, held: { ...ids, credits: "unknown" } };
const canceled: Canceled = { ...base, name: "canceled", held };
const stuck: StepProgress = { status: "stuck", attempt: 8, tries: 8, isUnsure: false };
const read = (state: Completed | Failed | Canceled, isHeld: boolean) =>
  transition(state, { type: "hold-read", isHeld, at: 9, random: 0 }, { polling: createPollingPolicy() });

describe("a hold that was in doubt is not there", () => {
  test.each([
    ["completed: the capture did happen", completed, "captured"],
    ["failed: the release did happen", failed, "released"],
    ["canceled: the release did happen", canceled, "released"],
    ["failed with the reserve in doubt: it did not happen", unsure, "none"],
  ] as const)("%s", (_, state, settlement: Settlement) => {
    expect(read(state, false)).toMatchObject([{ name: state.name, settlement }, []]);
  });
});

test("once it is known that there is no hold, what else was given up is still to be done, and no credits are in question", () => {
  const both = { "release-credits": { ...stuck, isUnsure: true }, "close-slot": stuck };
  expect(read({ ...failed, undone: both }, false)).toEqual([
    { ...failed, settlement: "released", undone: { "close-slot": stuck } },
    [],
  ]);
  expect(read({ ...unsure, undone: { "close-slot": stuck } }, false)).toEqual([
    { ...unsure, held: { ...ids, credits: "none" }, settlement: "none", undone: { "close-slot": stuck } },
    [],
  ]);
  expect(read(failed, false)[0]).toMatchObject({ undone: undefined });
});

test("every other event is ignored, in doubt or not", () => {
  for (const event of [
    { type: "cancel-requested" },
    { type: "job-finished", effect: "check-status", attempt: 1, videos: [] },
    { type: "woken" },
  ] as const) {
    const [next, effects] = transition(failed, { ...event, at: 9, random: 0 }, { polling: createPollingPolicy() });
    expect(next).toBe(failed);
    expect(effects).toEqual([]);
  }
});

test("a hold that is there and is refused to be moved is held, not in doubt", () => {
  const rules = { polling: createPollingPolicy() };
  const refused: GenerationEvent = {
    type: "effect-failed",
    effect: "release-credits",
    attempt: 9,
    certainty: "not-done",
    error: videoErrorData("unreachable"),
    at: 9,
    random: 0,
  };
  const [state] = read({ ...failed, undone: { "release-credits": { ...stuck, isUnsure: true } } }, true);
  expect(snapshotOf(state)).toMatchObject({
    status: "running",
    settlement: "held",
    error: { code: "provider-failed" },
  });
  expect(snapshotOf(transition(state, refused, rules)[0])).toMatchObject({ settlement: "held" });
});

describe("a hold that was in doubt is there", () => {
  test.each([
    ["completed: captured", completed, ["stop-waiting", "capture-credits"]],
    [
      "completed, its row not saved: that first",
      { ...completed, undone: { "save-row": stuck } },
      ["stop-waiting", "save-row"],
    ],
    ["failed: released", failed, ["stop-waiting", "release-credits"]],
    ["failed with the reserve in doubt: it did happen, and is released", unsure, ["stop-waiting", "release-credits"]],
    ["canceled: released", canceled, ["stop-waiting", "release-credits"]],
    [
      "failed with a late video: released",
      { ...failed, videos: completed.videos },
      ["stop-waiting", "release-credits"],
    ],
    [
      "whatever else was given up goes with it",
      { ...failed, undone: { "release-credits": { ...stuck, isUnsure: true }, "close-slot": stuck } },
      ["stop-waiting", "close-slot", "release-credits"],
    ],
  ] as const)("%s", (_, state, effects) => {
    const [next, asked] = read(state, true);
    expect(next).toMatchObject({ name: "settling", decidedAt: 5 });
    expect(asked.map(({ type }) => type)).toEqual(effects);
  });
});

test.each(["none", "held", "captured", "released"] as const)(
  "with its books %s it ignores what the balance says",
  (settlement) => {
    const state = { ...completed, settlement };
    expect(read(state, true)).toEqual([state, []]);
    expect(read(state, false)[0]).toBe(state);
  },
);
