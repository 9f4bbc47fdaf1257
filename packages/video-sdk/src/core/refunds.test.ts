// A row says that its credits came back: when that is certain, never before, and only where the backend takes it.
import { describe, expect, test } from "vitest";
import { atMostOnce, exactlyOnce } from "./__fixtures__/plans.ts";
import { tell, type Said } from "./__fixtures__/answering.ts";
import { videoErrorData, type VideoErrorCode } from "../errors.ts";
import type { Certainty } from "../ports.ts";
import { UNDONE_LIMIT_MS } from "./ended.ts";
import { decodeRecord, encodeRecord } from "./journal-record.ts";
import { defaultPollingPolicy } from "./polling-policy.ts";
import { resume } from "./resume.ts";
import { settle } from "./settling.ts";
import { snapshotOf } from "./snapshot.ts";
import type { Failed, GenerationPlan, GenerationState, Held, Settling, Verdict } from "./state.ts";
import type { StepProgress } from "./settlement-steps.ts";
import type { TransitionResult } from "./transition-result.ts";

const rules = { polling: defaultPollingPolicy };
const ids = { slotId: "slot-1", sessionId: "session-1", rowId: "row-1" };
const held: Held = { ...ids, credits: "held" };
const showing = (plan: GenerationPlan): GenerationPlan => ({ ...plan, showsRefund: true });
const error = videoErrorData("provider-failed");
const fail: Verdict = { kind: "fail", error };
const watch = { job: { requestId: "job-1" }, acceptedAt: 0, questionsSent: 3 };
const videos = ["https://videos.test/1.mp4"];
const VERDICTS: readonly (readonly [string, Verdict])[] = [
  ["failed", fail],
  ["canceled", { kind: "cancel" }],
  ["timed out, its job watched", { kind: "fail", error: videoErrorData("timed-out"), watch }],
];

type Step = "release-credits" | "mark-row-failed" | "close-slot" | "mark-refunded" | "save-row";
const settled = (step: Step): Said => ({ type: "step-settled", step });
const failed = (effect: Step, certainty: Certainty, code: VideoErrorCode = "internal"): Said => ({
  type: "effect-failed",
  effect,
  certainty,
  error: videoErrorData(code),
});
const after = (first: TransitionResult, ...payloads: readonly Said[]): TransitionResult =>
  payloads.reduce<TransitionResult>(
    ([state], payload) => tell(state, { ...payload, at: 2_000, random: 0.5 }, rules),
    first,
  );
const begun = (plan: GenerationPlan, verdict: Verdict = fail, holding = held): TransitionResult =>
  settle({ plan, held: holding, verdict }, 1_000);
const typesOf = ([, effects]: TransitionResult): readonly string[] => effects.map(({ type }) => type);
/** The state as the next start of the app reads it. */
const stored = (state: GenerationState): GenerationState => {
  const record = decodeRecord(encodeRecord(state));
  if (record.kind !== "state") throw new Error(`The record is ${record.kind}.`);
  return record.state;
};
const resumed = (state: GenerationState): TransitionResult => resume(stored(state), { at: 3_000, random: 0.5 }, rules);
const stuck: StepProgress = { status: "stuck", attempt: 8, tries: 8, isUnsure: false };

describe.each(VERDICTS)("a generation that has %s", (_, verdict) => {
  test("is marked as refunded after its release, under a key of its own, and no earlier", () => {
    const start = begun(showing(exactlyOnce), verdict);
    expect(typesOf(start)).not.toContain("mark-refunded");
    expect(typesOf(after(start, settled("mark-row-failed"), settled("close-slot")))).toEqual([]);
    const mayDelete = !("watch" in verdict);
    expect(after(start, settled("release-credits"))[1]).toEqual([
      {
        type: "mark-refunded",
        attempt: 1,
        ...{ rowId: "row-1", sessionId: "session-1" },
        mayDelete,
        key: expect.stringMatching(/:row-refunded$/),
      },
    ]);
  });

  test("and ends released, whether or not the mark can be written", () => {
    const others = [settled("mark-row-failed"), settled("close-slot"), settled("release-credits")];
    const [marked] = after(begun(showing(exactlyOnce), verdict), ...others, settled("mark-refunded"));
    expect(marked).toMatchObject({ settlement: "released", undone: undefined });
    const [gone] = after(
      begun(showing(exactlyOnce), verdict),
      ...others,
      failed("mark-refunded", "not-done", "not-found"),
    );
    expect(gone).toMatchObject({ settlement: "released", undone: undefined });
  });

  test("is not marked where rows cannot say it: not one call more", () => {
    expect(typesOf(after(begun(exactlyOnce, verdict), settled("release-credits")))).toEqual([]);
  });
});

test("a release whose outcome is unknown says nothing, and neither does one that was refused", () => {
  const others = [settled("mark-row-failed"), settled("close-slot")];
  const unknown = after(begun(showing(atMostOnce)), ...others, failed("release-credits", "unknown"));
  expect(unknown).toMatchObject([{ settlement: "unknown" }, []]);
  const refused = after(begun(showing(atMostOnce)), ...others, failed("release-credits", "not-done", "not-found"));
  expect(refused).toMatchObject([{ settlement: "held" }, []]);
});

test("what was never reserved is not called refunded", () => {
  const without = begun(showing(exactlyOnce), fail, { ...held, credits: "none" });
  expect(typesOf(after(without, settled("mark-row-failed"), settled("close-slot")))).toEqual([]);
});

test("a row that only turns up after the release is marked, too", () => {
  const unconfirmed = { call: "record-row", attempt: 1 } as const;
  const { rowId: _, ...rest } = held;
  const start = begun(showing(exactlyOnce), fail, { ...rest, unconfirmedCall: unconfirmed });
  const released = after(start, settled("release-credits"));
  expect(typesOf(released)).toEqual([]);
  expect(typesOf(after(released, { type: "row-recorded", rowId: "row-1" }))).toEqual([
    "mark-row-failed",
    "mark-refunded",
  ]);
});

describe("the app is closed", () => {
  const released = after(begun(showing(exactlyOnce)), settled("release-credits"));

  test("between the release and the mark: the next start finishes it", () => {
    const [state, effects] = resumed(released[0]);
    const waiting = effects.find((effect) => effect.type === "wait" && effect.key === "mark-refunded");
    expect(waiting).toBeDefined();
    const [, again] = tell(state, { type: "wait-elapsed", key: "mark-refunded", at: 5_000, random: 0 }, rules);
    expect(again).toMatchObject([{ type: "mark-refunded", attempt: 2 }]);
  });

  test("before the release is answered: it is asked again under its key, and marked after that", () => {
    const [state] = resumed(begun(showing(exactlyOnce))[0]);
    const [next] = tell(state, { type: "wait-elapsed", key: "release-credits", at: 5_000, random: 0 }, rules);
    expect(typesOf(after([next, []], settled("release-credits")))).toEqual(["mark-refunded"]);
  });

  test("the mark was given up: it alone is tried again, for a week", () => {
    const ended: Failed = {
      ...{ name: "failed", plan: showing(exactlyOnce), held, decidedAt: 0, settlement: "released", error, videos: [] },
      undone: { "mark-refunded": stuck },
    };
    const [state, effects] = resumed(ended);
    expect(effects).toMatchObject([{ type: "stop-waiting" }, { type: "mark-refunded", attempt: 9 }]);
    expect(snapshotOf(state)).toMatchObject({ status: "failed", settlement: "released" });
    expect(after([state, []], settled("mark-refunded"))).toMatchObject([{ name: "failed", undone: undefined }, []]);
    const late = resume(stored(ended), { at: UNDONE_LIMIT_MS + 1, random: 0 }, rules);
    expect(late).toMatchObject([{ name: "failed" }, []]);
    expect(late[0]).not.toHaveProperty("undone");
  });
});

describe("a release in doubt", () => {
  const doubted = (plan: GenerationPlan): Failed => ({
    ...{ name: "failed", plan, held, decidedAt: 0, settlement: "unknown", error, videos: [] },
    undone: { "release-credits": { ...stuck, isUnsure: true }, "close-slot": stuck },
  });
  const read = (plan: GenerationPlan, isHeld: boolean): TransitionResult =>
    tell(doubted(plan), { type: "hold-read", isHeld, at: 9, random: 0 }, rules);

  test("that the balance shows to have happened is marked, and stays announced", () => {
    const [state, effects] = read(showing(atMostOnce), false);
    expect(effects).toMatchObject([{ type: "stop-waiting" }, { type: "mark-refunded" }]);
    expect(snapshotOf(state)).toMatchObject({ status: "failed", settlement: "released" });
    const [ended] = after([state, effects], settled("mark-refunded"));
    expect(ended).toMatchObject({ name: "failed", settlement: "released", undone: { "close-slot": stuck } });
    expect(read(atMostOnce, false)[1]).toEqual([]);
  });

  test("that turns out not to have happened is released first", () => {
    const asked = read(showing(atMostOnce), true);
    expect(typesOf(asked)).toEqual(["stop-waiting", "close-slot", "release-credits"]);
    expect(typesOf(after(asked, settled("release-credits")))).toEqual(["mark-refunded"]);
  });
});

test("a late video whose credits were released before leaves the mark as it is", () => {
  const late: Verdict = { kind: "deliver-late", videos, error, settlement: "released" };
  expect(typesOf(after(begun(showing(exactlyOnce), late), settled("save-row")))).toEqual([]);
});

test("an earlier version is not given a record with a step that it does not know", () => {
  const [state] = after(begun(showing(exactlyOnce)), settled("release-credits"));
  expect(encodeRecord(state as Settling)).toMatch(/^\{"v":2,/);
  expect(encodeRecord(begun(showing(exactlyOnce))[0])).toMatch(/^\{"v":1,/);
});
