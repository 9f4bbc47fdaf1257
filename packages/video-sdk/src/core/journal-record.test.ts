import { resolveVideoRequest } from "@video-engine/video-models";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { videoErrorData } from "../errors.ts";
import { tell, type Said } from "./__fixtures__/answering.ts";
import { decodeRecord, encodeRecord } from "./journal-record.ts";
import { defaultPollingPolicy } from "./polling-policy.ts";
import type { GenerationPlan, GenerationState, StateName } from "./state.ts";
import { resume } from "./resume.ts";
import { snapshotOf } from "./snapshot.ts";
import { initial } from "./transition.ts";

const MINUTE = 60_000;
const { request } = resolveVideoRequest({
  model: "vid-seedance-pro",
  prompt: "SECRET-PROMPT",
  attachmentImageUrl: "https://images.test/SECRET-IMAGE.png",
});
const plan: GenerationPlan = {
  id: "generation-1",
  request,
  credits: 208,
  createdAt: 0,
  sessionId: "session-of-mine",
  guarantee: "at-most-once",
  isSubmitRepeatable: false,
};
const videos = ["https://videos.test/1.mp4"];
const SECRET = "https://files.test/SECRET";

/** Every state, each led to from the one before it. */
const READY: Said[] = [
  { type: "slot-acquired", slotId: "slot-1" },
  { type: "credits-reserved" },
  { type: "row-recorded", rowId: "row-1" },
];
const POLLING: Said[] = [...READY, { type: "job-accepted", job: { requestId: "job-1", provider: "fal" } }];
const FAILED: Said = { type: "job-failed", error: videoErrorData("content-rejected") };
const GIVEN_BACK = (["mark-row-failed", "release-credits", "close-slot"] as const).map(
  (step) => ({ type: "step-settled", step }) as const,
);
const CANCELED: Said[] = [...POLLING, { type: "cancel-requested" }, { type: "cancel-answered", answer: "removed" }];
const GIVING_UP: Said[] = [...POLLING, { type: "job-pending" }, { type: "job-pending" }, { type: "job-pending" }];

const STATES: Record<StateName, readonly Said[]> = {
  uploading: [],
  "acquiring-both": [],
  "acquiring-slot": [],
  "reserving-credits": READY.slice(0, 1),
  // A session was given, so none is created on the way: see stateOf.
  "creating-session": READY.slice(0, 2),
  recording: READY.slice(0, 2),
  submitting: READY,
  polling: POLLING,
  "giving-up": GIVING_UP,
  settling: [...POLLING, FAILED],
  watching: [...GIVING_UP, { type: "cancel-answered", answer: "unsupported" }, ...GIVEN_BACK],
  completed: [
    ...POLLING,
    { type: "job-finished", videos },
    ...(["save-row", "capture-credits", "close-slot"] as const).map(
      (step) => ({ type: "step-settled", step }) as const,
    ),
  ],
  failed: [...POLLING, FAILED, ...GIVEN_BACK],
  canceled: [...CANCELED, ...GIVEN_BACK],
};
const pollOf = (): object => {
  const state = stateOf("polling");
  return "poll" in state ? state.poll : {};
};
const NAMES = Object.keys(STATES) as StateName[]; // an object literal of a closed Record type has exactly its keys

const STARTING: readonly StateName[] = [
  "uploading",
  "acquiring-both",
  "acquiring-slot",
  "reserving-credits",
  "creating-session",
  "recording",
  "submitting",
];

function stateOf(name: StateName): GenerationState {
  const { sessionId: _, ...without } = plan;
  const rules = { polling: defaultPollingPolicy };
  const stored = { uri: "file:///pictures/1.png", contentType: "image/png", byteLength: 1_000 };
  const both = [
    { fileId: "file-1", stored },
    { fileId: "file-2", stored: undefined },
  ];
  const files = name === "uploading" ? both : [];
  const guarantee = name === "acquiring-both" ? "exactly-once" : plan.guarantee;
  const [first] = initial({ ...(name === "creating-session" ? without : plan), guarantee }, files);
  return STATES[name].reduce(
    (state, payload, index) => tell(state, { ...payload, at: index * 25 * MINUTE, random: 0.5 }, rules)[0],
    first,
  );
}

describe("a record", () => {
  test.each(NAMES)("%s: is read as it was stored, but for what nothing needs again", (name) => {
    const state = stateOf(name);
    expect(state.name).toBe(name);
    const isStarting = STARTING.includes(name);
    const { attachmentImageUrl: _, ...settings } = state.plan.request;
    const kept = isStarting ? state.plan.request : { ...settings, prompt: "" };
    expect(decodeRecord(encodeRecord(state))).toEqual({
      kind: "state",
      state: { ...state, plan: { ...state.plan, request: kept } },
    });
  });

  test.each(NAMES)("%s: holds the prompt and the picture only until the provider has the job", (name) => {
    const isStarting = STARTING.includes(name);
    expect(/SECRET-PROMPT/.test(encodeRecord(stateOf(name)))).toBe(isStarting);
    expect(/SECRET-IMAGE/.test(encodeRecord(stateOf(name)))).toBe(isStarting);
  });

  test.each([
    [
      "vid-seedance-2.0-reference",
      { referenceImageUrls: [SECRET], referenceVideoUrls: [SECRET], referenceAudioUrls: [SECRET] },
    ],
    ["vid-luma-ray-3.2", { keyframes: [0, 5].map((atSeconds) => ({ imageUrl: SECRET, atSeconds })) }],
    ["vid-sync-lipsync-3", { sourceVideoUrl: SECRET, audioUrl: SECRET }],
    ["kling-o1", { klingO1Elements: [{ frontalImageUrl: SECRET, referenceImageUrls: [SECRET] }] }],
    ["veo3.1-transition", { startFrameImageUrl: SECRET, endFrameImageUrl: SECRET }],
  ] as const)("%s: holds nothing that was attached once the provider has the job", (model, attached) => {
    const { request: resolved } = resolveVideoRequest({ model, prompt: "a fox", ...attached });
    const state = stateOf("polling");
    const kept = encodeRecord({ ...state, plan: { ...state.plan, request: resolved } } as GenerationState);
    expect(encodeRecord(initial({ ...plan, request: resolved })[0])).toContain(SECRET);
    expect(kept).not.toContain(SECRET);
    expect(decodeRecord(kept)).toMatchObject({ kind: "state", state: { plan: { request: { model } } } });
  });

  test("never holds an image's bytes", () => {
    const [state] = initial({ ...plan, request: { ...request, attachmentImageBytes: "SECRET-BYTES" } });
    expect(encodeRecord(state)).not.toContain("SECRET-BYTES");
  });
});

describe("what cannot be read", () => {
  const text = encodeRecord(stateOf("polling"));

  test("a text cut anywhere, or with any one character changed, is no state", () => {
    for (let at = 0; at < text.length; at++) {
      expect(decodeRecord(text.slice(0, at)).kind).toBe("unreadable");
      expect(decodeRecord(`${text.slice(0, at)}~${text.slice(at + 1)}`).kind).toBe("unreadable");
    }
  });

  test("no text makes it throw", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (any) => {
        expect(decodeRecord(any).kind).toBe("unreadable");
      }),
      { seed: 20_260_101 },
    );
  });

  test.each([0, -1, 1.5, "1", null])("a version that there never was (%j) is no record", (version) => {
    const other = text.replace('"v":1', `"v":${JSON.stringify(version)}`);
    expect(decodeRecord(other)).toEqual({ kind: "unreadable", reason: "torn" });
  });

  test("a record of a later version is known as one, whatever else is in it, and is not guessed at", () => {
    expect(decodeRecord(text.replace('"v":1', '"v":6'))).toEqual({ kind: "newer", version: 6 });
    expect(decodeRecord('{"v":12,"anything":')).toEqual({ kind: "newer", version: 12 });
  });

  test.each<[string, object]>([
    ["an unknown state", { name: "succeeded" }],
    ["a state named like a method of every object", { name: "constructor" }],
    ["no slot", { slotId: undefined }],
    ["an empty slot", { slotId: "" }],
    ["no job", { job: {} }],
    ["no time", { acceptedAt: "soon" }],
    ["no plan", { plan: undefined }],
    ["negative credits", { plan: { ...plan, credits: -208 } }],
    ["half a credit", { plan: { ...plan, credits: 0.5 } }],
    ["more credits than any price", { plan: { ...plan, credits: 1e9 } }],
    ["no credits", { plan: { ...plan, credits: 0 } }],
    ["credits as a text", { plan: { ...plan, credits: "208" } }],
    ["a start in no time", { plan: { ...plan, createdAt: -1 } }],
    ["no boolean for repeating the submit", { plan: { ...plan, isSubmitRepeatable: "yes" } }],
    ["a slot longer than any id", { slotId: "s".repeat(100_000) }],
    ["a list of slots", { slotId: ["slot-1"] }],
    ["no questions so far", { poll: {} }],
    ["null where nothing is meant", { poll: { ...pollOf(), lost: null } }],
    ["a count of nothing", { poll: { ...pollOf(), overdue: { count: null, at: 0 } } }],
    ["no id", { plan: { ...plan, id: "" } }],
    ["an unknown guarantee", { plan: { ...plan, guarantee: "certain" } }],
    ["no model", { plan: { ...plan, request: { ...request, model: "" } } }],
    ["facts of a model without its times", { plan: { ...plan, modelFacts: { label: "Veo 9" } } }],
    [
      "times of a model that are none",
      { plan: { ...plan, modelFacts: { label: "Veo 9", expectedMs: { p50: "1", p95: 2 } } } },
    ],
  ])("a well-formed record with %s is no state", (_, change) => {
    const changed = { ...stateOf("polling"), ...change };
    const plain = { ...changed, plan: changed.plan ?? { request: {} } } as GenerationState; // wrong on purpose
    expect(decodeRecord(encodeRecord(plain))).toEqual({ kind: "unreadable", reason: "shape" });
  });

  test.each([undefined, 5, null])(
    "a start whose prompt is %s is no state: the prompt would be needed again",
    (prompt) => {
      const body = JSON.stringify({ ...stateOf("submitting"), plan: { ...plan, request: { ...request, prompt } } });
      expect(decodeRecord(recordOf(body))).toEqual({ kind: "unreadable", reason: "shape" });
    },
  );

  const error = videoErrorData("timed-out");
  const watch = { job: { requestId: "job-1" }, acceptedAt: 0, questionsSent: 3 };
  test.each<[boolean, object]>([
    [true, { kind: "cancel" }],
    [true, { kind: "fail", error }],
    [true, { kind: "fail", error, watch }],
    [true, { kind: "deliver", videos }],
    [true, { kind: "deliver-late", videos, error, settlement: "released" }],
    [false, { kind: "refund" }],
    [false, { kind: "toString" }],
    [false, {}],
    [false, []],
    [false, { kind: "fail" }],
    [false, { kind: "fail", error: { ...error, code: "hacked" } }],
    [false, { kind: "fail", error, watch: { ...watch, job: {} } }],
    [false, { kind: "deliver", videos: [] }],
    [false, { kind: "deliver", videos: [""] }],
    [false, { kind: "deliver" }],
    [false, { kind: "deliver-late", videos, error, settlement: "perhaps" }],
  ])("is a verdict: %s %j", (isOne, verdict) => {
    const changed = { ...stateOf("settling"), verdict, steps: {} } as GenerationState; // wrong on purpose
    expect(decodeRecord(encodeRecord(changed)).kind).toBe(isOne ? "state" : "unreadable");
  });

  test("a record that names what every object has inherits nothing from it", () => {
    const poisoned = bodyOf(text).replace(/^\{/, '{"__proto__":{"credits":1},"constructor":{"name":"x"},');
    const decoded = decodeRecord(recordOf(poisoned));
    expect(decoded).toMatchObject({ kind: "state", state: { name: "polling", plan: { credits: 208 } } });
    expect(({} as { credits?: number }).credits).toBeUndefined();
    const bare = '{"__proto__":{"name":"canceled"}}';
    expect(decodeRecord(recordOf(bare))).toMatchObject({ reason: "shape" });
  });

  test("ten million characters, and ten thousand brackets, do not make it throw", () => {
    for (const body of ["x".repeat(10_000_000), "[".repeat(10_000), '{"a":'.repeat(10_000)]) {
      expect(decodeRecord(body)).toEqual({ kind: "unreadable", reason: "torn" });
      expect(decodeRecord(recordOf(body))).toEqual({
        kind: "unreadable",
        reason: "shape",
      });
    }
  });

  test("whatever is read as a state can be resumed: no edit makes the machine throw", () => {
    const rules = { polling: defaultPollingPolicy };
    const junk = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(null, 0, -1, 1e308, "", "x", [], {}, true));
    let read = 0;
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), fc.nat(), junk, (name, place, value) => {
        const edited = withPlaceSet(JSON.parse(bodyOf(encodeRecord(stateOf(name)))), place, value);
        const body = JSON.stringify(edited);
        const decoded = decodeRecord(recordOf(body));
        if (decoded.kind !== "state") return;
        read++;
        let [state] = resume(decoded.state, { at: 60_000, random: 0.5 }, rules);
        for (const payload of EVERY_KIND) state = tell(state, { ...payload, at: 120_000, random: 0.5 }, rules)[0];
        expect(snapshotOf(state).id).not.toBe("");
      }),
      { seed: 20_260_101, numRuns: 3_000 },
    );
    expect(read).toBeGreaterThan(500);
  });
});

describe("what is left to settle", () => {
  const progress = { status: "running", attempt: 1, tries: 1, isUnsure: false };
  test.each<[boolean, object]>([
    [true, {}],
    [true, { "release-credits": progress }],
    [
      true,
      { "mark-row-failed": progress, "release-credits": { ...progress, status: "stuck" }, "close-slot": progress },
    ],
    [false, { "capture-credits": progress }],
    [false, { "save-row": progress }],
    [false, { "empty-account": progress }],
    [false, { toString: progress }],
    [false, { "release-credits": null }],
    [false, { "release-credits": "running" }],
    [false, { "release-credits": { ...progress, status: "paid" } }],
    [false, { "release-credits": { ...progress, attempt: "1" } }],
    [false, { "release-credits": { ...progress, tries: undefined } }],
    [false, { "release-credits": { ...progress, isUnsure: undefined } }],
    [false, []],
  ])("are steps of a failure: %s %j", (isOne, steps) => {
    const changed = { ...stateOf("settling"), steps } as GenerationState; // wrong on purpose
    expect(decodeRecord(encodeRecord(changed)).kind).toBe(isOne ? "state" : "unreadable");
  });

  const stuck = { status: "stuck", attempt: 8, tries: 8, isUnsure: false };
  test.each<[boolean, StateName, object | undefined]>([
    [true, "completed", undefined],
    [true, "completed", { "save-row": stuck, "close-slot": stuck }],
    [false, "completed", { "release-credits": stuck }],
    [true, "failed", { "save-row": stuck, "release-credits": stuck, "acquire-slot": stuck }],
    [false, "failed", { "capture-credits": stuck }],
    [true, "watching", { "release-credits": stuck }],
    [false, "watching", { "release-credits": "stuck" }],
    [true, "canceled", { "mark-row-failed": stuck, "record-row": stuck }],
    [false, "canceled", { "save-row": stuck }],
    [false, "canceled", []],
  ])("is left undone: %s %s %j", (isOne, name, undone) => {
    const changed = { ...stateOf(name), undone } as GenerationState; // wrong on purpose
    expect(decodeRecord(encodeRecord(changed)).kind).toBe(isOne ? "state" : "unreadable");
  });

  test.each<[boolean, object]>([
    [
      true,
      { held: { credits: "unknown", slotId: "slot-1", unconfirmedCall: { call: "reserve-credits", attempt: 3 } } },
    ],
    [false, { held: { credits: "unknown", slotId: "slot-1", unconfirmedCall: { call: "close-slot", attempt: 3 } } }],
    [true, { announcedSettlement: "held" }],
    [false, { announcedSettlement: "paid" }],
  ])("is a settlement: %s %j", (isOne, change) => {
    const changed = { ...stateOf("settling"), ...change } as GenerationState; // wrong on purpose
    expect(decodeRecord(encodeRecord(changed)).kind).toBe(isOne ? "state" : "unreadable");
  });
});

const EVERY_KIND: readonly Said[] = [
  { type: "slot-acquired", slotId: "slot-2" },
  { type: "credits-reserved" },
  { type: "wait-elapsed", key: "poll" },
  { type: "effect-failed", effect: "check-status", certainty: "unknown", error: videoErrorData("not-found") },
  { type: "job-pending" },
  { type: "wait-elapsed", key: "release-credits" },
  { type: "effect-failed", effect: "release-credits", certainty: "not-done", error: videoErrorData("internal") },
  { type: "cancel-requested" },
  { type: "job-finished", videos },
  { type: "step-settled", step: "save-row" },
];

function bodyOf(text: string): string {
  return JSON.stringify((JSON.parse(text) as { state: unknown }).state);
}

/** A whole record around a state as text, as an editor would put it right. */
function recordOf(body: string): string {
  return `{"v":1,"sum":${sumOf(body)},"state":${body}}`;
}

/** The record's own checksum (FNV-1a, 32 bits). */
function sumOf(body: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < body.length; at++) hash = Math.imul(hash ^ body.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** The same value with its `place`th member, at any depth, set to another value. */
function withPlaceSet(root: object, place: number, value: unknown): object {
  const holders: [Record<string, unknown>, string][] = [];
  const collect = (holder: object): void => {
    for (const [key, child] of Object.entries(holder)) {
      holders.push([holder as Record<string, unknown>, key]);
      if (typeof child === "object" && child !== null) collect(child);
    }
  };
  collect(root);
  const [holder, key] = holders[place % holders.length] ?? [{}, ""];
  holder[key] = value;
  return root;
}
