// Slot and credits requested at the same time: every pair of outcomes, in either order, and what is left to settle.
import type { Certainty } from "../ports.ts";
import { describe, expect, test } from "vitest";
import { videoErrorData, type VideoErrorCode } from "../errors.ts";
import { tell, type Said } from "./__fixtures__/answering.ts";
import { exactlyOnce as plan } from "./__fixtures__/plans.ts";
import type { Effect } from "./effect.ts";
import { decodeRecord, encodeRecord } from "./journal-record.ts";
import { defaultPollingPolicy } from "./polling-policy.ts";
import { isUnfinished, resume, STALE_START_MS } from "./resume.ts";
import { DEFAULT_RETRY_LIMITS } from "./retry-limits.ts";
import { snapshotOf } from "./snapshot.ts";
import type { BothCalls, GenerationPlan, GenerationState } from "./state.ts";
import type { TransitionResult } from "./transition-result.ts";
import { initial } from "./transition.ts";

const SLOT = { type: "slot-acquired", slotId: "slot-1" } as const;
const CREDITS = { type: "credits-reserved" } as const;
const CANCEL = { type: "cancel-requested" } as const;
const rules = { polling: defaultPollingPolicy };

const failed = (
  effect: BothCalls,
  certainty: Certainty,
  code: VideoErrorCode = "unreachable",
  more: Partial<Extract<Said, { type: "effect-failed" }>> = {},
): Said => ({ type: "effect-failed", effect, certainty, error: videoErrorData(code), ...more });
const NO_SLOT = failed("acquire-slot", "not-done", "slot-limit-reached", { isFinal: true });
const NO_CREDITS = failed("reserve-credits", "not-done", "insufficient-credits", { isFinal: true });
const again = (key: BothCalls): Said => ({ type: "wait-elapsed", key });
/** As often as a call is sent while nothing answers it. */
const silence = (call: BothCalls): readonly Said[] =>
  Array.from({ length: DEFAULT_RETRY_LIMITS.unanswered }, () => [failed(call, "unknown"), again(call)]).flat();

function play(first: TransitionResult, ...payloads: readonly Said[]): TransitionResult {
  return payloads.reduce<TransitionResult>(
    ([state], payload) => tell(state, { at: 5_000, random: 0.5, ...payload }, rules),
    first,
  );
}
const after = (...payloads: readonly Said[]): TransitionResult => play(initial(plan), ...payloads);
const typesOf = ([, effects]: TransitionResult): readonly Effect["type"][] => effects.map(({ type }) => type);
const heldOf = ([state]: TransitionResult): unknown => ("held" in state ? state.held : undefined);

/** The same pair of answers in either order. */
const inEitherOrder = (first: Said, second: Said): readonly (readonly [Said, Said])[] => [
  [first, second],
  [second, first],
];

/** From the record, as after a crash. */
function reopened(state: GenerationState, at = 10_000, of: Partial<GenerationPlan> = {}): TransitionResult {
  const decoded = decodeRecord(encodeRecord(state));
  if (decoded.kind !== "state") throw new Error(decoded.kind);
  const stored = { ...decoded.state, plan: { ...decoded.state.plan, ...of } };
  return resume(stored, { at, random: 0.5 }, rules);
}

describe("slot and credits at the same time", () => {
  test("are requested only under a key, each under its own", () => {
    expect(initial(plan)).toMatchObject([
      { name: "acquiring-both" },
      [
        { type: "acquire-slot", attempt: 1, key: "generation-1:slot" },
        { type: "reserve-credits", attempt: 1, credits: 208, key: "generation-1:reserve" },
      ],
    ]);
    for (const guarantee of ["at-most-once", "reconciled"] as const)
      expect(typesOf(initial({ ...plan, guarantee }))).toEqual(["acquire-slot"]);
  });

  test.each(inEitherOrder(SLOT, CREDITS))(
    "both there: a session is created, and none before ($type first)",
    (...both) => {
      expect(after(both[0])).toMatchObject([{ name: "acquiring-both" }, []]);
      const held = { slotId: "slot-1", attempt: 1 };
      expect(after(...both)).toMatchObject([{ name: "creating-session", ...held }, [{ type: "create-session" }]]);
      const known = play(initial({ ...plan, sessionId: "session-1" }), ...both);
      expect(known).toMatchObject([{ name: "recording", ...held, sessionId: "session-1" }, [{ type: "record-row" }]]);
    },
  );

  test("show the slot first, then the credits, and what is known of these", () => {
    const shown = (...told: readonly Said[]): unknown => {
      const { phase, settlement, error, slotId } = snapshotOf(after(...told)[0]);
      return [phase, settlement, error?.code, slotId];
    };
    expect(shown()).toEqual(["acquiring-slot", "none", undefined, undefined]);
    expect(shown(SLOT)).toEqual(["reserving-credits", "none", undefined, "slot-1"]);
    expect(shown(CREDITS)).toEqual(["acquiring-slot", "held", undefined, undefined]);
    expect(shown(failed("reserve-credits", "unknown"))).toEqual(["acquiring-slot", "unknown", undefined, undefined]);
    expect(shown(NO_SLOT)).toEqual(["acquiring-slot", "none", undefined, undefined]);
  });

  test("a repeated answer means nothing, and a late one is a fact", () => {
    const [state] = after(SLOT);
    expect(after(SLOT, SLOT)).toEqual([state, []]);
    expect(after(SLOT, { ...SLOT, slotId: "slot-2" })).toEqual([state, []]);
    expect(after(CREDITS, CREDITS)[0]).toEqual(after(CREDITS)[0]);
    expect(after(failed("acquire-slot", "unknown"), CREDITS, SLOT)[0].name).toBe("creating-session");
  });

  test("each is tried again on its own, with growing waits", () => {
    const [state, effects] = after(failed("acquire-slot", "not-done"));
    expect(effects).toEqual([{ type: "wait", key: "acquire-slot", until: 5_750 }]);
    expect(play([state, []], failed("reserve-credits", "unknown"))[1]).toEqual([
      { type: "wait", key: "reserve-credits", until: 5_750 },
    ]);
    expect(after(failed("acquire-slot", "not-done"), again("acquire-slot"))[1]).toMatchObject([
      { type: "acquire-slot", attempt: 2, key: "generation-1:slot" },
    ]);
    expect(after(again("acquire-slot"))[1]).toEqual([]);
    expect(after(failed("acquire-slot", "not-done"), again("reserve-credits"))[1]).toEqual([]);
  });

  test("an older failure proves nothing about a later attempt", () => {
    const [state] = after(failed("acquire-slot", "unknown"), again("acquire-slot"));
    expect(play([state, []], failed("acquire-slot", "not-done", "internal", { attempt: 1 }))).toEqual([state, []]);
  });
});

describe("one is refused", () => {
  test.each(inEitherOrder(NO_SLOT, CREDITS))("no slot, credits reserved: they are released", (...told) => {
    const step = after(...told);
    expect(step[0]).toMatchObject({
      name: "settling",
      verdict: { kind: "fail", error: { code: "slot-limit-reached", phase: "acquiring-slot" } },
    });
    expect(heldOf(step)).toEqual({ credits: "held" });
    expect(typesOf(step)).toEqual(["stop-waiting", "release-credits"]);
  });

  test.each(inEitherOrder(NO_CREDITS, SLOT))("no credits, a slot: it is closed", (...told) => {
    const step = after(...told);
    expect(step[0]).toMatchObject({ verdict: { error: { code: "insufficient-credits", phase: "reserving-credits" } } });
    expect(heldOf(step)).toEqual({ credits: "none", slotId: "slot-1" });
    expect(typesOf(step)).toEqual(["stop-waiting", "close-slot"]);
  });

  test.each(inEitherOrder(NO_CREDITS, NO_SLOT))(
    "neither: the slot's refusal is told, and nothing is left",
    (...told) => {
      expect(after(...told)[0]).toMatchObject({
        name: "failed",
        settlement: "none",
        error: { code: "slot-limit-reached", phase: "acquiring-slot" },
        held: { credits: "none" },
      });
    },
  );

  test("the answer of the other is waited for: what it acquires must be released", () => {
    expect(after(NO_SLOT)).toMatchObject([{ name: "acquiring-both" }, []]);
    expect(after(NO_CREDITS)).toMatchObject([{ name: "acquiring-both" }, []]);
    expect(after(failed("reserve-credits", "not-done"), NO_SLOT)[0]).toMatchObject({
      name: "failed",
      settlement: "none",
    });
  });

  test("a call that is in doubt is sent again until that is known, and one that is not, is not", () => {
    const unsure = after(NO_SLOT, failed("reserve-credits", "unknown"));
    expect(typesOf(unsure)).toEqual(["wait"]);
    expect(typesOf(play(unsure, again("reserve-credits")))).toEqual(["reserve-credits"]);
    expect(typesOf(play(unsure, again("reserve-credits"), CREDITS))).toEqual(["stop-waiting", "release-credits"]);
    expect(play(unsure, again("reserve-credits"), NO_CREDITS)[0]).toMatchObject({
      name: "failed",
      settlement: "none",
      error: { code: "slot-limit-reached" },
    });
    expect(after(NO_SLOT, failed("reserve-credits", "not-done"))[0].name).toBe("failed");
  });
});

describe("never answered", () => {
  test.each(["acquire-slot", "reserve-credits"] as const)(
    "%s: it is given up after twelve attempts, and asked about while settling; the other is released",
    (call) => {
      const isSlot = call === "acquire-slot";
      const step = after(isSlot ? CREDITS : SLOT, ...silence(call));
      expect(step[0]).toMatchObject({ name: "settling", held: { unconfirmedCall: { call, attempt: 12 } } });
      const settled = play(after(isSlot ? CREDITS : SLOT, ...silence(call).slice(0, -1)));
      expect(typesOf(settled)).toEqual(["stop-waiting", call, isSlot ? "release-credits" : "close-slot"]);
      expect(settled[1][1]).toMatchObject({ attempt: 13 });
    },
  );

  test("neither of them: both are asked about while settling, and each is released when its answer comes", () => {
    const silent = after(...silence("acquire-slot"), ...silence("reserve-credits").slice(0, -1));
    expect(typesOf(silent)).toEqual(["stop-waiting", "acquire-slot", "reserve-credits"]);
    expect(silent[0]).toMatchObject({
      held: {
        credits: "unknown",
        unconfirmedCall: { call: "acquire-slot", attempt: 12 },
        alsoUnconfirmed: { call: "reserve-credits", attempt: 12 },
      },
    });
    expect(typesOf(play(silent, CREDITS))).toEqual(["release-credits"]);
    expect(typesOf(play(silent, SLOT))).toEqual(["close-slot"]);
    const settled = (step: "close-slot" | "release-credits"): Said => ({ type: "step-settled", step });
    const end = play(silent, SLOT, CREDITS, settled("close-slot"), settled("release-credits"));
    expect(end[0]).toMatchObject({ name: "failed", settlement: "released" });
    expect(heldOf(end)).toEqual({ credits: "held", slotId: "slot-1" });
    expect(isUnfinished(end[0])).toBe(false);
    const refused = play(silent, NO_SLOT, NO_CREDITS);
    expect(refused[0]).toMatchObject({ name: "failed", settlement: "none" });
    expect(heldOf(refused)).toEqual({ credits: "none" });
    expect(isUnfinished(refused[0])).toBe(false);
  });

  test("nor while settling: the record names both, and the next start asks about both again", () => {
    const lost = (call: BothCalls): readonly Said[] =>
      Array.from({ length: DEFAULT_RETRY_LIMITS.settling }, () => [failed(call, "unknown"), again(call)]).flat();
    const silent = after(...silence("acquire-slot"), ...silence("reserve-credits").slice(0, -1));
    const [ended] = play(silent, ...lost("acquire-slot"), ...lost("reserve-credits"));
    expect(ended).toMatchObject({ name: "failed", settlement: "unknown" });
    expect(snapshotOf(ended).openSlot).toBe("unknown");
    expect(encodeRecord(ended)).toMatch(/^\{"v":5,/);
    const step = reopened(ended, 9_000_000);
    expect(typesOf(step)).toEqual(["stop-waiting", "acquire-slot", "reserve-credits"]);
    expect(typesOf(play(step, CREDITS))).toEqual(["release-credits"]);
    expect(encodeRecord(play(step, NO_SLOT)[0])).toMatch(/^\{"v":1,/);
  });
});

describe("canceled", () => {
  test("with both in flight nothing is settled before both answers, and what they acquired is released", () => {
    const [canceling] = after(CANCEL);
    expect(canceling).toMatchObject({ name: "acquiring-both", isCanceling: true });
    expect(after(CANCEL, CANCEL)).toEqual([canceling, []]);
    expect(after(CANCEL, SLOT)).toMatchObject([{ name: "acquiring-both" }, []]);
    const step = after(CANCEL, SLOT, CREDITS);
    expect(step[0]).toMatchObject({ name: "settling", verdict: { kind: "cancel" } });
    expect(typesOf(step)).toEqual(["stop-waiting", "release-credits", "close-slot"]);
    expect(after(CANCEL, NO_SLOT, NO_CREDITS)[0]).toMatchObject({ name: "canceled", settlement: "none" });
  });

  test("between two attempts that certainly failed it ends at once, and a doubt is cleared up first", () => {
    const waiting = after(failed("acquire-slot", "not-done"), failed("reserve-credits", "not-done"));
    expect(play(waiting, CANCEL)[0]).toMatchObject({ name: "canceled", settlement: "none" });
    const unsure = after(failed("acquire-slot", "not-done"), failed("reserve-credits", "unknown"), CANCEL);
    expect(unsure).toMatchObject([{ name: "acquiring-both", isCanceling: true }, []]);
    expect(play(unsure, again("acquire-slot"))).toEqual([unsure[0], []]);
    expect(typesOf(play(unsure, again("reserve-credits"), CREDITS))).toEqual(["stop-waiting", "release-credits"]);
  });
});

describe("the process dies", () => {
  test.each([
    ["both in flight", [], ["wait", "wait"]],
    ["the slot there", [SLOT], ["wait"]],
    ["the credits there", [CREDITS], ["wait"]],
    ["one to be tried again", [failed("acquire-slot", "not-done")], ["acquire-slot", "wait"]],
  ] as const)("%s: what has no answer is sent again under its key", (_, before, effects) => {
    const step = reopened(after(...before)[0]);
    expect(typesOf(step)).toEqual(effects);
    const end = play(step, again("acquire-slot"), again("reserve-credits"), SLOT, CREDITS);
    expect(end[0]).toMatchObject({ name: "creating-session", slotId: "slot-1" });
  });

  test("a quarter of an hour ago, or canceled: only what may have happened is sent again, and then released", () => {
    for (const [state, at] of [
      [after()[0], STALE_START_MS + 1],
      [after(CANCEL)[0], 10_000],
    ] as const) {
      const step = reopened(state, at);
      expect(step[0]).toMatchObject({ name: "acquiring-both", isCanceling: true });
      const end = play(step, again("acquire-slot"), again("reserve-credits"), SLOT, CREDITS);
      expect(typesOf(end)).toEqual(["stop-waiting", "release-credits", "close-slot"]);
    }
    const refused = after(failed("acquire-slot", "not-done"), failed("reserve-credits", "not-done"))[0];
    expect(reopened(refused, STALE_START_MS + 1)[0]).toMatchObject({ name: "canceled", settlement: "none" });
  });

  test("while one had been refused: the other is asked about, and the refusal stays the reason", () => {
    const step = reopened(after(NO_SLOT)[0]);
    expect(typesOf(step)).toEqual(["wait"]);
    expect(play(step, again("reserve-credits"), CREDITS)[0]).toMatchObject({
      name: "settling",
      verdict: { error: { code: "slot-limit-reached" } },
    });
  });

  test.each([[[]], [[failed("acquire-slot", "unknown"), failed("reserve-credits", "unknown")]]])(
    "and the next engine has no keys: nothing that may have happened is sent again",
    (before) => {
      const step = reopened(after(...before)[0], 10_000, { guarantee: "at-most-once" });
      expect(typesOf(step)).toEqual(["stop-waiting"]);
      expect(step[0]).toMatchObject({ name: "failed", settlement: "unknown" });
      expect(snapshotOf(step[0]).openSlot).toBe("unknown");
    },
  );
});

describe("credits that are refused while others come back", () => {
  const refused = failed("reserve-credits", "not-done", "insufficient-credits", {
    isFinal: true,
    isWorthAskingAnew: true,
  });

  test("are requested once more under another key, and only once", () => {
    const step = after(SLOT, refused);
    expect(step[1]).toMatchObject([{ type: "reserve-credits", attempt: 2, key: "generation-1:reserve-anew" }]);
    expect(play(step, CREDITS)[0].name).toBe("creating-session");
    expect(typesOf(play(step, refused))).toEqual(["stop-waiting", "close-slot"]);
  });

  test("keep that key for as long as they are in doubt: it is stored, and an older version would ask under the first", () => {
    const [state] = after(SLOT, refused);
    expect(encodeRecord(state)).toMatch(/^\{"v":5,/);
    const step = play(reopened(state), again("reserve-credits"));
    expect(step[1]).toMatchObject([{ type: "reserve-credits", key: "generation-1:reserve-anew" }]);
    const silent = play(step, ...silence("reserve-credits").slice(0, -3));
    expect(silent[1]).toMatchObject([
      { type: "stop-waiting" },
      { type: "reserve-credits", key: "generation-1:reserve-anew" },
      { type: "close-slot" },
    ]);
  });

  test("are not, where the slot was refused, the user has canceled, or an earlier attempt is in doubt", () => {
    expect(after(NO_SLOT, refused)[0]).toMatchObject({ name: "failed" });
    expect(after(CANCEL, SLOT, refused)[0]).toMatchObject({ name: "settling" });
    const thrown = failed("reserve-credits", "not-done", "insufficient-credits", { isWorthAskingAnew: true });
    const doubted = after(SLOT, failed("reserve-credits", "unknown"), again("reserve-credits"), thrown);
    expect(typesOf(doubted)).toEqual(["stop-waiting", "reserve-credits", "close-slot"]);
    expect(doubted[1][1]).toMatchObject({ key: "generation-1:reserve" });
  });

  test("are also without a key, where one thing is requested at a time", () => {
    const atMostOnce = initial({ ...plan, guarantee: "at-most-once" });
    const step = play(atMostOnce, SLOT, refused);
    expect(step).toMatchObject([{ name: "reserving-credits" }, [{ type: "reserve-credits", attempt: 2 }]]);
    expect(play(step, refused)[0]).toMatchObject({ name: "settling", held: { credits: "none" } });
  });
});
