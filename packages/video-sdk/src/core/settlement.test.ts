import { describe, expect, test } from "vitest";
import { atMostOnce as plan } from "./__fixtures__/plans.ts";
import { videoErrorData } from "../errors.ts";
import { effectOf, firstSteps, nextSteps, settlementOf } from "./settlement.ts";
import type { Held, Settling, Verdict } from "./state.ts";
import type { SettlementStep, StepProgress } from "./settlement-steps.ts";

const everything: Held = { slotId: "slot-1", sessionId: "session-1", rowId: "row-1", credits: "held" };
const nothing: Held = { credits: "none" };
const videos = ["https://videos.test/1.mp4", "https://videos.test/2.mp4"];

const deliver: Verdict = { kind: "deliver", videos };
const cancel: Verdict = { kind: "cancel" };
const fail: Verdict = { kind: "fail", error: videoErrorData("content-rejected") };
const late: Verdict = { kind: "deliver-late", videos, error: videoErrorData("timed-out"), settlement: "released" };

const settling = (verdict: Verdict, held: Held = everything, steps: Settling["steps"] = {}): Settling => ({
  name: "settling",
  plan,
  verdict,
  held,
  decidedAt: 9_000,
  steps,
});
const first = (verdict: Verdict, held: Held) => firstSteps({ plan, verdict, held });
const is = (status: StepProgress["status"], isUnsure = false): StepProgress => ({
  status,
  attempt: 1,
  tries: 1,
  isUnsure,
});

describe("firstSteps", () => {
  test.each([deliver, late])("$kind: the row comes first, and alone", (verdict) => {
    expect(first(verdict, everything)).toEqual(["save-row"]);
    expect(first(verdict, nothing)).toEqual([]);
  });

  test.each([fail, cancel])("$kind: everything that is held is released at once, each by its own step", (verdict) => {
    expect(first(verdict, everything)).toEqual(["mark-row-failed", "release-credits", "close-slot"]);
    expect(first(verdict, { credits: "held", slotId: "slot-1" })).toEqual(["release-credits", "close-slot"]);
    expect(first(verdict, { credits: "none", slotId: "slot-1" })).toEqual(["close-slot"]);
    expect(first(verdict, nothing)).toEqual([]);
  });

  test.each([fail, cancel])("$kind: credits that may be held are not released", (verdict) => {
    expect(first(verdict, { credits: "unknown", slotId: "slot-1" })).toEqual(["close-slot"]);
  });
});

describe("nextSteps", () => {
  test("a saved row is followed by capture and slot, a row that could not be saved by the slot alone", () => {
    expect(nextSteps(settling(deliver, everything, { "save-row": is("done") }), "save-row")).toEqual([
      "capture-credits",
      "close-slot",
    ]);
    expect(nextSteps(settling(deliver, everything, { "save-row": is("stuck") }), "save-row")).toEqual(["close-slot"]);
  });

  test("nothing that is not held is settled", () => {
    const saved = { "save-row": is("done") };
    expect(nextSteps(settling(deliver, { rowId: "row-1", credits: "none" }, saved), "save-row")).toEqual([]);
    expect(nextSteps(settling(deliver, { rowId: "row-1", credits: "unknown" }, saved), "save-row")).toEqual([]);
  });

  test("a late video is never captured, and no other step leads to another", () => {
    expect(nextSteps(settling(late, everything, { "save-row": is("done") }), "save-row")).toEqual([]);
    for (const step of ["mark-row-failed", "capture-credits", "release-credits", "close-slot"] as const) {
      expect(nextSteps(settling(deliver, everything, { [step]: is("done") }), step)).toEqual([]);
    }
  });
});

describe("effectOf", () => {
  test("names what the state holds, under a key", () => {
    const effect = (verdict: Verdict, step: SettlementStep) => effectOf(settling(verdict), step, 3);
    expect(effect(deliver, "save-row")).toEqual({
      type: "save-row",
      attempt: 3,
      rowId: "row-1",
      sessionId: "session-1",
      videos,
      isLate: false,
      completedAt: 9_000,
      key: "generation-1:row-outcome",
    });
    expect(effect(fail, "mark-row-failed")).toEqual({
      type: "mark-row-failed",
      attempt: 3,
      rowId: "row-1",
      sessionId: "session-1",
      mayDelete: true,
      completedAt: 9_000,
      key: "generation-1:row-outcome",
      message: videoErrorData("content-rejected").message,
    });
    expect(effect(deliver, "close-slot")).toEqual({
      type: "close-slot",
      attempt: 3,
      slotId: "slot-1",
      key: "generation-1:slot-close",
      result: { status: "completed", videoUrl: "https://videos.test/1.mp4" },
    });
    expect(effect(cancel, "close-slot")).toMatchObject({ result: { status: "failed", error: "Canceled." } });
    expect(effect(late, "save-row")).toMatchObject({ key: "generation-1:row-late", videos, isLate: true });
  });

  test("capture and release share one key, so an exactly-once backend lets only the first of them win", () => {
    const credits = { attempt: 3, credits: 208, key: "generation-1:settle" };
    expect(effectOf(settling(deliver), "capture-credits", 3)).toEqual({ type: "capture-credits", ...credits });
    expect(effectOf(settling(fail), "release-credits", 3)).toEqual({ type: "release-credits", ...credits });
  });

  test("a step without the thing it is about is no effect", () => {
    expect(effectOf(settling(deliver, nothing), "save-row", 3)).toBeUndefined();
    expect(effectOf(settling(fail), "save-row", 3)).toBeUndefined();
    expect(effectOf(settling(fail, nothing), "mark-row-failed", 3)).toBeUndefined();
    expect(effectOf(settling(fail, nothing), "close-slot", 3)).toBeUndefined();
  });
});

describe("settlementOf", () => {
  test.each([
    // [what, verdict, held, steps, settlement]
    ["nothing was held", fail, nothing, {}, "none"],
    ["the reserve call was never answered", fail, { credits: "unknown" }, {}, "unknown"],
    ["the release is out", fail, everything, { "release-credits": is("running") }, "held"],
    ["the release waits", fail, everything, { "release-credits": is("waiting") }, "held"],
    ["the release was refused for certain", fail, everything, { "release-credits": is("stuck") }, "held"],
    ["the release may have happened", fail, everything, { "release-credits": is("stuck", true) }, "unknown"],
    [
      "the release may have happened and is asked again",
      fail,
      everything,
      { "release-credits": is("running", true) },
      "unknown",
    ],
    ["released", cancel, everything, { "release-credits": is("done") }, "released"],
    [
      "released at the second attempt, the first unconfirmed",
      cancel,
      everything,
      { "release-credits": is("done", true) },
      "released",
    ],
    ["the row is being saved", deliver, everything, { "save-row": is("running") }, "held"],
    ["the row could not be saved", deliver, everything, { "save-row": is("stuck"), "close-slot": is("done") }, "held"],
    ["the capture may have happened", deliver, everything, { "capture-credits": is("stuck", true) }, "unknown"],
    ["the capture was refused for certain", deliver, everything, { "capture-credits": is("stuck") }, "held"],
    ["captured", deliver, everything, { "capture-credits": is("done") }, "captured"],
    [
      "captured, the slot stuck",
      deliver,
      everything,
      { "capture-credits": is("done"), "close-slot": is("stuck") },
      "captured",
    ],
    ["a late video changes nothing", late, everything, { "save-row": is("done") }, "released"],
  ] as const)("%s", (_, verdict, held, steps, settlement) => {
    expect(settlementOf(settling(verdict, held, steps))).toBe(settlement);
  });
});

test.each([deliver, fail, cancel])(
  "a row never ends before it began, though the clock was set back meanwhile ($kind)",
  (verdict) => {
    const { createdAt } = plan;
    const state = { ...settling(verdict), decidedAt: createdAt - 60_000 };
    const step = verdict.kind === "deliver" ? "save-row" : "mark-row-failed";
    expect(effectOf(state, step, 1)).toMatchObject({ completedAt: createdAt });
  },
);
