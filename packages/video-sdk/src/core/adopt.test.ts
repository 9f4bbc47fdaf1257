import type { FoundRow } from "../ports.ts";
import { VIDEO_MODEL_IDS } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { adopt } from "./adopt.ts";
import { decodeRecord, encodeRecord } from "./journal-record.ts";
import { defaultPollingPolicy } from "./polling-policy.ts";
import { resume } from "./resume.ts";
import { snapshotOf } from "./snapshot.ts";

const row: FoundRow = {
  rowId: "row-1",
  sessionId: "session-1",
  slotId: "slot-1",
  requestId: "job-1",
  model: "vid-veo-3.1-fast",
  prompt: "a corgi surfing",
  aspectRatio: "9:16",
  credits: 208,
  createdAt: 5_000,
};

describe("a row that says enough", () => {
  test("is a job that is polled, with no credits of its own to release", () => {
    const state = adopt(row, "at-most-once");
    expect(state).toMatchObject({
      name: "polling",
      slotId: "slot-1",
      sessionId: "session-1",
      rowId: "row-1",
      job: { requestId: "job-1" },
      acceptedAt: 5_000,
      isCanceling: false,
      isSlow: false,
      isAttached: true,
      plan: { id: "row-row-1", credits: 208, createdAt: 5_000, sessionId: "session-1", guarantee: "at-most-once" },
    });
    expect(state?.plan).toMatchObject({ isAdopted: true, isSubmitRepeatable: false });
    expect(state?.plan.request).toMatchObject({ model: "vid-veo-3.1-fast", prompt: row.prompt, aspectRatio: "9:16" });
    expect(state && snapshotOf(state)).toMatchObject({ status: "running", settlement: "unknown", isPaused: false });
  });

  test("is asked about at once, whenever it is found", () => {
    const state = adopt(row, "exactly-once");
    if (state === undefined) throw new Error("It was not adopted.");
    for (const at of [5_000, 9_000_000]) {
      const [next, effects] = resume(state, { at, random: 0.5 }, { polling: defaultPollingPolicy });
      expect(next).toMatchObject({ name: "polling", poll: { isAsking: true, isSignedOut: false } });
      expect(effects).toEqual([
        { type: "check-status", attempt: 1, job: { requestId: "job-1" }, model: "vid-veo-3.1-fast" },
      ]);
    }
  });

  test("can be stored and read again", () => {
    const state = adopt(row, "reconciled");
    expect(state && decodeRecord(encodeRecord(state))).toMatchObject({ kind: "state", state: { name: "polling" } });
  });

  test.each<Partial<FoundRow>>([
    { createdAt: 1_767_225_600_123.25 },
    { prompt: "p".repeat(1_000_000) },
    { prompt: "\0\uD800" },
    { model: "constructor" },
    { aspectRatio: "x".repeat(100_000) },
  ])("can be stored and read again, whatever else its row has (%#)", (odd) => {
    const state = adopt({ ...row, ...odd }, "reconciled");
    expect(state && decodeRecord(encodeRecord(state))).toMatchObject({ kind: "state" });
  });

  test.each(Object.values(VIDEO_MODEL_IDS))("%s: whatever ratio the row has", (model) => {
    for (const aspectRatio of [undefined, "16:9", "nonsense"])
      expect(adopt({ ...row, model, aspectRatio }, "at-most-once")?.plan.request.model).toBe(model);
  });
});

test("a row of a model that only another device knows is continued, under the model's own id", () => {
  const state = adopt({ ...row, model: "vid-of-tomorrow", aspectRatio: "9:16" }, "at-most-once");
  if (state === undefined) throw new Error("It was not adopted.");
  const { kind, ...read } = decodeRecord(encodeRecord(state));
  expect([kind, read]).toMatchObject(["state", { state: { plan: { request: { model: "vid-of-tomorrow" } } } }]);
  const [, effects] = resume(state, { at: 9_000, random: 0.5 }, { polling: defaultPollingPolicy });
  expect(effects).toMatchObject([{ type: "check-status", model: "vid-of-tomorrow", job: { requestId: "job-1" } }]);
});

test.each<[string, Partial<FoundRow>]>([
  ["no model", { model: undefined }],
  ["no slot", { slotId: undefined }],
  ["no credits", { credits: undefined }],
  ["nothing to pay", { credits: 0 }],
  ["less than nothing", { credits: -1 }],
  ["more credits than a record holds", { credits: 2 ** 40 }],
  ["half a credit", { credits: 1.5 }],
  ["a time before all times", { createdAt: -5 }],
  ["a job whose id no record holds", { requestId: "j".repeat(100_000) }],
  ["a model whose id no record holds", { model: "m".repeat(100_000) }],
  ["an id that no record holds", { rowId: "r".repeat(100_000) }],
])("a row with %s is left alone", (_, change) => {
  expect(adopt({ ...row, ...change }, "at-most-once")).toBeUndefined();
});
