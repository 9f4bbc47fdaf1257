// The step between a video and its row, where the app saves videos elsewhere.
import { describe, expect, test } from "vitest";
import { atMostOnce, exactlyOnce } from "./__fixtures__/plans.ts";
import { tell, type Said } from "./__fixtures__/answering.ts";
import { videoErrorData, type VideoErrorCode } from "../errors.ts";
import { decodeRecord, encodeRecord } from "./journal-record.ts";
import { notAskedYet } from "./next-question.ts";
import { defaultPollingPolicy } from "./polling-policy.ts";
import { isUnfinished, resume } from "./resume.ts";
import { MOST_SAVES, MOST_SAVES_BEFORE_ROW, whyNoCopies } from "./saving-videos.ts";
import { snapshotOf } from "./snapshot.ts";
import type { GenerationPlan, GenerationState, Polling, Watching } from "./state.ts";
import type { SettlementStep } from "./settlement-steps.ts";
import type { TransitionResult } from "./transition-result.ts";

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;
const videos = ["https://tempfile.test/1.mp4"];
const copies = ["https://copies.test/1.mp4"];
const job = { requestId: "job-1", provider: "kie", endpoint: "kie/sora-2", modelId: "sora-2" };
const ids = { slotId: "slot-1", sessionId: "session-1", rowId: "row-1" };
const rules = { polling: defaultPollingPolicy, savesVideos: true };

const pollingOf = (plan: GenerationPlan): Polling => ({
  name: "polling",
  plan,
  ...ids,
  job,
  isCanceling: false,
  acceptedAt: 0,
  isSlow: false,
  isAttached: true,
  poll: { ...notAskedYet(0), questionsSent: 1, isAsking: true },
});
const watching: Watching = {
  name: "watching",
  plan: atMostOnce,
  held: { ...ids, credits: "held" },
  decidedAt: 0,
  error: videoErrorData("timed-out"),
  settlement: "released",
  job,
  acceptedAt: 0,
  questionsSent: 1,
  looks: 0,
  isAsking: true,
};

const FINISHED: Said = { type: "job-finished", videos };
const SAVED: Said = { type: "videos-saved", videos: copies };
const failed = (code: VideoErrorCode = "internal"): Said => ({
  type: "effect-failed",
  effect: "save-videos",
  certainty: "not-done",
  error: videoErrorData(code),
});
const settled = (
  step: Exclude<SettlementStep, "acquire-slot" | "reserve-credits" | "record-row" | "save-videos">,
): Said => ({
  type: "step-settled",
  step,
});
const PAID = [settled("save-row"), settled("capture-credits"), settled("close-slot")];

const after = (state: GenerationState, ...said: readonly Said[]): TransitionResult =>
  said.reduce<TransitionResult>(
    ([current], one) => tell(current, { ...one, at: MINUTE, random: 0.5 }, rules),
    [state, []],
  );
const again = (state: GenerationState, at = 2 * MINUTE, with_ = rules): TransitionResult =>
  resume(state, { at, random: 0.5 }, with_);
const typesOf = ([, effects]: TransitionResult): readonly string[] => effects.map(({ type }) => type);
const effectIn = ([, effects]: TransitionResult, type: string): unknown =>
  effects.find((effect) => effect.type === type);
const stored = (state: GenerationState): GenerationState => {
  const decoded = decodeRecord(encodeRecord(state));
  if (decoded.kind !== "state") throw new Error(JSON.stringify(decoded));
  return decoded.state;
};

describe.each([
  ["at most once", atMostOnce],
  ["exactly once", exactlyOnce],
] as const)("%s", (_, plan) => {
  const finished = (...said: readonly Said[]): TransitionResult => after(pollingOf(plan), FINISHED, ...said);

  test("a delivery begins with the app's step, which has the provider's addresses and the whole job", () => {
    expect(typesOf(finished())).toEqual(["stop-waiting", "save-videos"]);
    expect(effectIn(finished(), "save-videos")).toEqual({
      type: "save-videos",
      attempt: 1,
      job,
      model: plan.request.model,
      videos,
    });
    expect(snapshotOf(finished()[0])).toMatchObject({ phase: "saving", settlement: "held", videos });
  });

  test("what it answers is saved to the row, and only then the credits are captured", () => {
    expect(finished(SAVED)[1]).toMatchObject([{ type: "save-row", videos: copies }]);
    expect(finished(SAVED, settled("save-row"))[1]).toMatchObject([
      { type: "capture-credits" },
      { type: "close-slot", result: { status: "completed", videoUrl: copies[0] } },
    ]);
    const [ended] = finished(SAVED, ...PAID);
    expect(snapshotOf(ended)).toMatchObject({ status: "completed", settlement: "captured", videos: copies });
    expect(isUnfinished(ended)).toBe(false);
  });

  test("whatever it answers to, the record before has the provider's addresses, and the one after has its answer", () => {
    expect(stored(finished()[0])).toMatchObject({ name: "settling", verdict: { videos } });
    expect(stored(finished(SAVED)[0])).toMatchObject({ name: "settling", verdict: { videos: copies } });
  });

  test("where it fails, the row shows the provider's address and the credits are captured", () => {
    expect(finished(failed())[1]).toMatchObject([{ type: "save-row", videos }]);
    const [ended] = finished(failed(), ...PAID);
    expect(snapshotOf(ended)).toMatchObject({ status: "completed", settlement: "captured", videos });
  });

  test("a failed step is tried again at the next start, and the row is updated with its answer", () => {
    const [ended] = finished(failed(), ...PAID);
    const next = again(stored(ended));
    expect(next[1]).toMatchObject([{ type: "stop-waiting" }, { type: "save-videos", attempt: 2, videos, job }]);
    expect(snapshotOf(next[0])).toMatchObject({ status: "completed", settlement: "captured", videos });
    const updated = after(next[0], SAVED);
    expect(updated[1]).toEqual([
      {
        type: "update-row",
        attempt: 1,
        rowId: "row-1",
        sessionId: "session-1",
        videos: copies,
        isLate: false,
        completedAt: MINUTE,
        key: "generation-1:row-copied",
      },
    ]);
    const [over, effects] = after(updated[0], settled("update-row"));
    expect(effects).toEqual([]);
    expect(snapshotOf(over)).toMatchObject({ status: "completed", settlement: "captured", videos: copies });
    expect(isUnfinished(over)).toBe(false);
  });

  test("a step that was interrupted is begun again before the row, and once only", () => {
    const interrupted = again(stored(finished()[0]));
    expect(interrupted[1]).toMatchObject([{ type: "save-videos", attempt: 2, videos }]);
    const twice = again(stored(interrupted[0]));
    expect(MOST_SAVES_BEFORE_ROW).toBe(2);
    expect(twice[1]).toMatchObject([{ type: "save-row", videos }]);
    const [ended] = after(twice[0], ...PAID);
    expect(typesOf(again(stored(ended)))).toEqual(["stop-waiting", "save-videos"]);
  });

  test("given up before a crash while the row is saved: tried again beside it, and the row is updated after it", () => {
    const next = again(stored(finished(failed())[0]));
    expect(typesOf(next)).toContain("save-videos");
    const copied = after(next[0], SAVED);
    expect(typesOf(copied)).toEqual([]);
    expect(snapshotOf(copied[0])).toMatchObject({ phase: "saving", videos: copies });
    const saved = after(copied[0], settled("save-row"));
    expect(typesOf(saved)).toEqual(["capture-credits", "close-slot", "update-row"]);
  });

  test("answered after it was given up, in time or after the end: the row is updated", () => {
    const [ended] = finished(failed(), ...PAID);
    const late: Said = { type: "videos-saved", attempt: 1, videos: copies };
    const told = after(ended, late);
    expect(typesOf(told)).toEqual(["update-row"]);
    expect(typesOf(after(told[0], late))).toEqual([]);
    expect(typesOf(finished(failed(), late, settled("save-row")))).toContain("update-row");
  });

  test("it fails again and again: five times in all, and then the provider's address stays", () => {
    let [state] = finished(failed(), ...PAID);
    for (let attempt = 2; attempt <= MOST_SAVES; attempt++) {
      const next = again(stored(state), 90 * MINUTE);
      expect(next[1]).toMatchObject([{ type: "stop-waiting" }, { type: "save-videos", attempt }]);
      [state] = after(next[0], failed());
    }
    expect(isUnfinished(state)).toBe(false);
  });

  test("interrupted again and again, as by a video that is too large: five times in all", () => {
    let [state] = finished();
    const begun: unknown[] = [];
    for (let start = 0; start < 2 * MOST_SAVES; start++) {
      const next = again(stored(state));
      begun.push(...next[1].filter(({ type }) => type === "save-videos"));
      // What it has beside the copy is done before that ends the process.
      [state] = after(next[0], settled("save-row"), settled("capture-credits"), settled("close-slot"));
    }
    expect(begun).toHaveLength(MOST_SAVES - 1);
    expect(snapshotOf(state)).toMatchObject({ status: "completed", settlement: "captured", videos });
    expect(isUnfinished(state)).toBe(false);
  });

  test("without a network it is tried at each start for a week, however often", () => {
    let [state] = finished(failed("unreachable"), ...PAID);
    for (let attempt = 2; attempt <= 3 * MOST_SAVES; attempt++) {
      const next = again(stored(state));
      expect(next[1]).toMatchObject([{ type: "stop-waiting" }, { type: "save-videos", attempt }]);
      [state] = after(next[0], failed("unreachable"));
    }
    expect(isUnfinished(state)).toBe(true);
    expect(isUnfinished(again(state, 2 * MINUTE + WEEK)[0])).toBe(false);
  });

  test("videos that are gone are not asked for again", () => {
    const [ended] = finished(failed("not-found"), ...PAID);
    expect(snapshotOf(ended)).toMatchObject({ status: "completed", videos });
    expect(isUnfinished(ended)).toBe(false);
  });

  test("after a week they count as gone", () => {
    const [ended] = finished(failed(), ...PAID);
    expect(typesOf(again(ended, 2 * MINUTE + WEEK))).toEqual([]);
    expect(isUnfinished(again(ended, 2 * MINUTE + WEEK)[0])).toBe(false);
  });

  test("the very addresses it was given: nothing is updated", () => {
    const [ended] = finished(failed(), ...PAID);
    const next = after(again(ended)[0], { type: "videos-saved", videos });
    expect(next[1]).toEqual([]);
    expect(isUnfinished(next[0])).toBe(false);
  });

  test("a row that was deleted meanwhile is not recorded anew for its copies", () => {
    const [ended] = finished(failed(), ...PAID);
    const [updating] = after(again(ended)[0], SAVED);
    const gone = after(updating, {
      type: "effect-failed",
      effect: "update-row",
      certainty: "not-done",
      error: videoErrorData("not-found"),
    });
    expect(gone).toMatchObject([{ name: "completed", settlement: "captured" }, []]);
    expect(isUnfinished(gone[0])).toBe(false);
  });

  test("a cancel meanwhile is too late: the video is there", () => {
    const [saving] = finished();
    expect(after(saving, { type: "cancel-requested" })).toEqual([saving, []]);
  });
});

describe("an app that does not save videos", () => {
  const without = { ...rules, savesVideos: false };

  test("an older start did: a step that was interrupted is given up, and the row is saved", () => {
    const [saving] = after(pollingOf(atMostOnce), FINISHED);
    expect(again(saving, MINUTE, without)[1]).toMatchObject([{ type: "save-row", videos }]);
  });

  test("a step that was given up stays so, and money that is open is settled", () => {
    const [ended] = after(pollingOf(atMostOnce), FINISHED, failed(), ...PAID);
    expect(again(ended, MINUTE, without)).toEqual([ended, []]);
  });
});

test("the fourth time not before ten minutes, and the fifth not before an hour, by a clock that is not set back", () => {
  let [state] = after(pollingOf(atMostOnce), FINISHED, failed(), ...PAID);
  const decidedAt = MINUTE;
  for (const [attempt, fromMs] of [
    [2, 0],
    [3, 0],
    [4, 10 * MINUTE],
    [5, 60 * MINUTE],
  ] as const) {
    const early = again(stored(state), decidedAt + fromMs - 1);
    expect(typesOf(early)).toEqual(fromMs === 0 ? ["stop-waiting", "save-videos"] : []);
    expect(isUnfinished(early[0])).toBe(true);
    const next = again(stored(state), decidedAt + fromMs);
    expect(next[1]).toMatchObject([{ type: "stop-waiting" }, { type: "save-videos", attempt }]);
    [state] = after(next[0], failed());
  }
});

test("a late video passes the step too, and stays uncharged", () => {
  const late = after(watching, FINISHED);
  expect(typesOf(late)).toEqual(["stop-waiting", "save-videos"]);
  expect(effectIn(late, "save-videos")).toMatchObject({ videos });
  const [ended] = after(late[0], failed(), settled("save-row"));
  expect(snapshotOf(ended)).toMatchObject({ phase: "failed", settlement: "released", videos });
  const next = after(again(stored(ended))[0], SAVED);
  expect(next[1]).toMatchObject([{ type: "update-row", isLate: true, videos: copies }]);
  expect(snapshotOf(after(next[0], settled("update-row"))[0])).toMatchObject({ phase: "failed", videos: copies });
});

test("a record that only this version can finish says so, and no other does", () => {
  const [saving] = after(pollingOf(atMostOnce), FINISHED);
  expect(encodeRecord(saving)).toMatch(/^\{"v":2,/);
  const [plain] = tell(
    pollingOf(atMostOnce),
    { ...FINISHED, at: MINUTE, random: 0.5 },
    { polling: defaultPollingPolicy },
  );
  expect(encodeRecord(plain)).toMatch(/^\{"v":1,/);
  const [ended] = after(saving, SAVED, ...PAID);
  expect(encodeRecord(ended)).toMatch(/^\{"v":1,/);
});

describe("an answer of the app", () => {
  const two = ["https://tempfile.test/1.mp4", "http://tempfile.test/2.mp4"];

  test.each<[string, unknown]>([
    ["copies", ["https://copies.test/1.mp4", "https://copies.test/2.mp4"]],
    ["one copy, and an address that is left as it is", ["https://copies.test/1.mp4", two[1]]],
  ])("%s: can take their place", (_, answer) => {
    expect(whyNoCopies(answer, two)).toBeUndefined();
  });

  test.each<[string, unknown, string]>([
    ["nothing", undefined, "list of addresses"],
    ["a text", "https://copies.test/1.mp4", "list of addresses"],
    ["fewer", ["https://copies.test/1.mp4"], "was given 2 videos and returned 1"],
    ["more", [...two, ...two], "was given 2 videos and returned 4"],
    ["none", [], "was given 2 videos and returned 0"],
    ["another scheme", ["https://copies.test/1.mp4", "http://copies.test/2.mp4"], "Address 2 of 2"],
    ["an empty text", ["", two[1]], "Address 1 of 2"],
    ["no text", [{ url: two[0] }, two[1]], "Address 1 of 2"],
    ["a hole", [, two[1]], "Address 1 of 2"], // oxlint-disable-line no-sparse-arrays -- an app may leave one
    ["one that is too long to store", [`https://copies.test/${"a".repeat(70_000)}`, two[1]], "Address 1 of 2"],
  ])("%s: cannot, and it says why", (_, answer, why) => {
    expect(whyNoCopies(answer, two)).toContain(why);
  });
});
