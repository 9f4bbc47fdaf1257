// The one thing an ended generation hears.
import { resolveVideoRequest } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { videoErrorData, type Settlement } from "../errors.ts";
import { createPollingPolicy } from "./polling-policy.ts";
import type { Canceled, Completed, Failed, Held } from "./state.ts";
import { transition } from "./transition.ts";

const { request } = resolveVideoRequest({ model: "vid-veo-3.1-fast", prompt: "a corgi surfing" });
const plan = {
  id: "generation-1",
  request,
  credits: 208,
  createdAt: 0,
  guarantee: "read-back",
  isSubmitRepeatable: false,
} as const;
const ids = { slotId: "slot-1", sessionId: "session-1", rowId: "row-1" };
const held: Held = { ...ids, credits: "held" };
const base = { plan, decidedAt: 5, settlement: "unknown" } as const;
const completed: Completed = { ...base, name: "completed", held, videos: ["https://videos.test/1.mp4"] };
const failed: Failed = { ...base, name: "failed", held, error: videoErrorData("provider-failed"), videos: [] };
const unsure: Failed = { ...failed, held: { ...ids, credits: "unknown" } };
const canceled: Canceled = { ...base, name: "canceled", held };
const read = (state: Completed | Failed | Canceled, isHeld: boolean) =>
  transition(state, { type: "hold-read", isHeld, at: 9, random: 0 }, { polling: createPollingPolicy() });

describe("a hold that was in doubt is not there", () => {
  test.each([
    ["completed: the capture did happen", completed, "captured"],
    ["failed: the release did happen", failed, "released"],
    ["canceled: the release did happen", canceled, "released"],
    ["failed with the reserve in doubt: it did not happen", unsure, "none"],
  ] as const)("%s", (_, state, settlement: Settlement) => {
    expect(read(state, false)).toEqual([{ ...state, settlement }, []]);
  });
});

describe("a hold that was in doubt is there", () => {
  test.each([
    ["completed: the row is shown again, then captured", completed, ["stop-waiting", "save-row"]],
    ["failed: released", failed, ["stop-waiting", "mark-row-failed", "release-credits", "close-slot"]],
    [
      "failed with the reserve in doubt: it did happen, and is released",
      unsure,
      ["stop-waiting", "mark-row-failed", "release-credits", "close-slot"],
    ],
    ["canceled: released", canceled, ["stop-waiting", "mark-row-failed", "release-credits", "close-slot"]],
    [
      "failed with a late video: released, and its row is left alone",
      { ...failed, videos: completed.videos },
      ["stop-waiting", "release-credits", "close-slot"],
    ],
  ] as const)("%s", (_, state, effects) => {
    const [next, asked] = read(state, true);
    expect(next).toMatchObject({ name: "settling", decidedAt: 5 });
    expect(asked.map(({ type }) => type)).toEqual(effects);
  });
});

test.each(["none", "held", "captured", "released"] as const)("with its books %s it hears nothing", (settlement) => {
  const state = { ...completed, settlement };
  expect(read(state, true)).toEqual([state, []]);
  expect(read(state, false)[0]).toBe(state);
});
