// What the machine knows of a model that only a catalogue knew when the generation began.
import { getVideoModel, type VideoModelId } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { exactlyOnce, request } from "./__fixtures__/plans.ts";
import { decodeRecord, encodeRecord } from "./journal-record.ts";
import { factsOf, factsToKeep } from "./model-facts.ts";
import { notAskedYet, waitForNext } from "./next-question.ts";
import type { PollContext } from "./polling-policy.ts";
import type { GenerationPlan, Polling } from "./state.ts";

const NEW = "vid-of-tomorrow" as VideoModelId; // of a catalogue
const veo = getVideoModel("vid-veo-3.1-fast");
const facts = { label: "Tomorrow 1", expectedMs: { p50: 7_000, p95: 9_000 } };
const pollingOf = (plan: Partial<GenerationPlan>): Polling => ({
  name: "polling",
  plan: { ...exactlyOnce, ...plan },
  isCanceling: false,
  slotId: "slot-1",
  sessionId: "session-1",
  rowId: "row-1",
  job: { requestId: "job-1" },
  acceptedAt: 0,
  isSlow: false,
  isAttached: true,
  poll: notAskedYet(0),
});

function askedAbout(state: Polling): Pick<PollContext, "model" | "expectedMs"> | undefined {
  let asked: PollContext | undefined;
  const polling = (context: PollContext) => {
    asked = context;
    return { waitMs: 1_000, isSlow: false, isOverdue: false };
  };
  waitForNext(state, { at: 0, random: 0.5 }, { polling });
  return asked && { model: asked.model, expectedMs: asked.expectedMs };
}

describe("the facts to keep", () => {
  test("are none where this release says the same", () => {
    expect(factsToKeep("vid-veo-3.1-fast", { ...veo, description: "another" })).toBeUndefined();
  });

  test.each([
    ["another name", { ...veo, label: "Veo 3.1 Quick" }],
    ["other times", { ...veo, expectedMs: { p50: 1_000, p95: veo.expectedMs.p95 } }],
    ["a slower end", { ...veo, expectedMs: { p50: veo.expectedMs.p50, p95: 1_000_000 } }],
  ])("are the catalogue's where it has %s", (_, { label, expectedMs, ...others }) => {
    expect(factsToKeep("vid-veo-3.1-fast", { label, expectedMs, ...others })).toEqual({ label, expectedMs });
  });

  test("are the catalogue's for a model that this release does not know", () => {
    expect(factsToKeep(NEW, { ...veo, ...facts })).toEqual(facts);
  });
});

test("a model that this release does not know is written as version 3, and asked about by the times in its plan", () => {
  const state = pollingOf({ request: { ...request, model: NEW }, modelFacts: facts });
  const text = encodeRecord(state);
  expect(text).toMatch(/^\{"v":3,/);
  const decoded = decodeRecord(text);
  expect(decoded).toMatchObject({ kind: "state", state: { plan: { modelFacts: facts } } });
  expect(askedAbout(decoded.kind === "state" ? (decoded.state as Polling) : state)).toEqual({
    model: NEW,
    expectedMs: facts.expectedMs,
  });
});

test("a model that this release knows is written as before, also with a catalogue's facts", () => {
  expect(encodeRecord(pollingOf({}))).toMatch(/^\{"v":1,/);
  expect(encodeRecord(pollingOf({ modelFacts: facts }))).toMatch(/^\{"v":1,/);
  expect(askedAbout(pollingOf({ modelFacts: facts }))?.expectedMs).toEqual(facts.expectedMs);
  expect(askedAbout(pollingOf({}))?.expectedMs).toEqual(veo.expectedMs);
});

test("without any facts the name is the id, and the times are a guess", () => {
  expect(factsOf({ model: NEW })).toEqual({ label: NEW, expectedMs: { p50: 180_000, p95: 480_000 } });
  expect(factsOf({ model: "constructor" as VideoModelId }).label).toBe("constructor");
});
