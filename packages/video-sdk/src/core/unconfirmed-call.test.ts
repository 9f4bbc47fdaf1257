// A slot, credits or a row that were requested under a key and never answered: requested again until the result is known.
import type { Certainty } from "../ports.ts";
import { resolveVideoRequest } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { videoErrorData, type VideoErrorCode } from "../errors.ts";
import { DEFAULT_RETRY_LIMITS } from "./retry-limits.ts";
import { tell, type Said } from "./__fixtures__/answering.ts";
import { decodeRecord, encodeRecord } from "./journal-record.ts";
import { createPollingPolicy } from "./polling-policy.ts";
import { isUnfinished, resume } from "./resume.ts";
import { snapshotOf, type GenerationSnapshot } from "./snapshot.ts";
import type { GenerationPlan, GenerationState } from "./state.ts";
import type { AcquiringCall } from "./settlement-steps.ts";
import type { TransitionResult } from "./transition-result.ts";
import { initial } from "./transition.ts";

const image = "https://images.test/1.png";
const { request } = resolveVideoRequest({
  model: "vid-veo-3.1-fast",
  prompt: "a corgi surfing",
  attachmentImageUrl: image,
});
const exactlyOnce: GenerationPlan = {
  id: "generation-1",
  request,
  credits: 208,
  sessionId: "session-1",
  createdAt: 0,
  guarantee: "exactly-once",
  isSubmitRepeatable: true,
};
const rules = { polling: createPollingPolicy() };
const SLOT = { type: "slot-acquired", slotId: "slot-1" } as const;
const CREDITS = { type: "credits-reserved" } as const;
const ROW = { type: "row-recorded", rowId: "row-1" } as const;
const REPEAT = { type: "wait-elapsed", key: "retry" } as const;

interface Unconfirmed {
  readonly call: AcquiringCall;
  /** What was answered before. */
  readonly before: readonly Said[];
  readonly answer: Said;
  /** The step that releases what the answer acquired. */
  readonly givesBack: "close-slot" | "release-credits" | "mark-row-failed";
  /** The ledger's refusal, which proves that nothing was acquired. */
  readonly refusal: VideoErrorCode;
  /** What else is settled meanwhile. */
  readonly others: readonly ("close-slot" | "release-credits")[];
  /** The final settlement, when the call did happen and when it did not. */
  readonly ends: readonly ["none" | "released", "none" | "released"];
}

const UNCONFIRMED: readonly Unconfirmed[] = [
  {
    call: "acquire-slot",
    before: [],
    answer: SLOT,
    givesBack: "close-slot",
    refusal: "slot-limit-reached",
    others: [],
    ends: ["none", "none"],
  },
  {
    call: "reserve-credits",
    before: [SLOT],
    answer: CREDITS,
    givesBack: "release-credits",
    refusal: "insufficient-credits",
    others: ["close-slot"],
    ends: ["released", "none"],
  },
  {
    call: "record-row",
    before: [SLOT, CREDITS],
    answer: ROW,
    givesBack: "mark-row-failed",
    refusal: "settlement-failed",
    others: ["release-credits", "close-slot"],
    ends: ["released", "released"],
  },
];

const failed = (
  effect: AcquiringCall,
  certainty: Certainty = "unknown",
  code: VideoErrorCode = "unreachable",
): Said => ({ type: "effect-failed", effect, certainty, error: videoErrorData(code) });
const again = (key: AcquiringCall): Said => ({ type: "wait-elapsed", key });
const settled = (step: "close-slot" | "release-credits" | "mark-row-failed"): Said => ({
  type: "step-settled",
  step,
});

function play(first: TransitionResult, payloads: readonly Said[]): TransitionResult {
  return payloads.reduce<TransitionResult>(
    ([state], payload) => tell(state, { ...payload, at: 5_000, random: 0.5 }, rules),
    first,
  );
}

/** One thing at a time, as in the records of earlier versions. acquiring-both.test.ts has the other way. */
function begin(plan: GenerationPlan): TransitionResult {
  const [state, effects] = initial({ ...plan, guarantee: "at-most-once" });
  return [{ ...state, plan }, effects];
}

/** Sent as often as a start is, never answered, and given up. */
function givenUp({ call, before }: Unconfirmed, plan: GenerationPlan = exactlyOnce): TransitionResult {
  let step = play(begin(plan), before);
  while (step[0].name !== "settling" && step[0].name !== "failed") {
    step = play(step, [failed(call)]);
    if (step[1].some(({ type }) => type === "wait")) step = play(step, [REPEAT]);
  }
  return step;
}

/** Then sent as often as a settlement step, and never answered either. */
function stuck(unconfirmedCall: Unconfirmed): TransitionResult {
  const { call, others } = unconfirmedCall;
  const storm = Array.from({ length: DEFAULT_RETRY_LIMITS.settling }, () => [failed(call), again(call)]).flat();
  return play(givenUp(unconfirmedCall), [...others.map(settled), ...storm]);
}

const typesOf = ([, effects]: TransitionResult): readonly string[] => effects.map(({ type }) => type);
const settlementOf = ([state]: TransitionResult): string => snapshotOf(state).settlement;
const heldOf = (state: GenerationState): unknown => ("held" in state ? state.held : undefined);
const onceStored = (state: GenerationState): GenerationState => {
  const decoded = decodeRecord(encodeRecord(state));
  if (decoded.kind !== "state") throw new Error(decoded.kind);
  return decoded.state;
};
const reopened = (state: GenerationState): TransitionResult =>
  resume(onceStored(state), { at: 9_000_000, random: 0.5 }, rules);

describe.each(UNCONFIRMED)("$call", (unconfirmedCall) => {
  const { call, before, answer, givesBack, refusal, others, ends } = unconfirmedCall;

  test("is sent again unchanged, while everything else is released", () => {
    const [, sent] = play(begin(exactlyOnce), before);
    const [state, effects] = givenUp(unconfirmedCall);
    expect(effects).toEqual([
      { type: "stop-waiting" },
      { ...sent[0], attempt: 13 },
      ...others.map((type) => expect.objectContaining({ type }) as unknown),
    ]);
    expect(snapshotOf(state)).toMatchObject({ status: "running", phase: "settling", error: { code: "unreachable" } });
  });

  test("once it is answered, what it acquired is released", () => {
    const step = play(givenUp(unconfirmedCall), [...others.map(settled), answer]);
    expect(typesOf(step)).toEqual([givesBack]);
    const end = play(step, [settled(givesBack)]);
    expect(end[0]).toMatchObject({ name: "failed", settlement: ends[0] });
    expect(heldOf(end[0])).not.toHaveProperty("unconfirmedCall");
    expect(isUnfinished(end[0])).toBe(false);
  });

  test("once the ledger refuses it, there is nothing to release", () => {
    const end = play(givenUp(unconfirmedCall), [...others.map(settled), failed(call, "not-done", refusal)]);
    expect(typesOf(end)).toEqual([]);
    expect(end[0]).toMatchObject({ name: "failed", settlement: ends[1] });
    const [known] = givenUp(unconfirmedCall);
    const { unconfirmedCall: _, credits, ...rest } = "held" in known ? known.held : { credits: "none" };
    expect(heldOf(end[0])).toEqual({ ...rest, credits: credits === "unknown" ? "none" : credits });
    expect(isUnfinished(end[0])).toBe(false);
  });

  test.each<VideoErrorCode>(["unreachable", "rate-limited", "not-signed-in", "storage-failed", "disposed", "internal"])(
    "a refusal on the way (%s) proves nothing about earlier attempts",
    (code) => {
      const step = play(givenUp(unconfirmedCall), [failed(call, "not-done", code)]);
      expect(typesOf(step)).toEqual(["wait"]);
      expect(play(step, [again(call)])[1]).toMatchObject([{ type: call }]);
    },
  );

  test("the books' refusal of an attempt that may have arrived proves nothing", () => {
    expect(typesOf(play(givenUp(unconfirmedCall), [failed(call, "unknown", refusal)]))).toEqual(["wait"]);
  });

  test("reacts to no answer but its own, and to that also between two attempts", () => {
    const step = givenUp(unconfirmedCall);
    for (const other of [SLOT, CREDITS, ROW]) if (other !== answer) expect(play(step, [other])).toEqual([step[0], []]);
    expect(typesOf(play(step, [failed(call), answer]))).toEqual([givesBack]);
  });

  test("never answered, the generation ends, and the next start sends the call again with its first arguments", () => {
    const [, sent] = play(begin(exactlyOnce), before);
    const [ended] = stuck(unconfirmedCall);
    expect(ended).toMatchObject({ name: "failed", held: { unconfirmedCall: { call } } });
    expect(isUnfinished(ended)).toBe(true);
    const step = reopened(ended);
    expect(step[1].filter(({ type }) => type === call)).toEqual([{ ...sent[0], attempt: 21 }]);
    const open = step[1].map(({ type }) => type).filter((type) => type === "close-slot");
    const end = play(step, [...open.map(() => settled("close-slot")), answer, settled(givesBack)]);
    expect(end[0]).toMatchObject({ name: "failed", settlement: ends[0], error: { code: "unreachable" } });
    expect(isUnfinished(end[0])).toBe(false);
  });

  test("what was released is not released again, nor reported otherwise meanwhile", () => {
    const ended = stuck(unconfirmedCall);
    const step = reopened(ended[0]);
    expect(typesOf(step)).not.toContain("release-credits");
    expect(settlementOf(step)).toBe(settlementOf(ended));
  });

  test("a cancel ends in the same way", () => {
    const isWaiting = play(play(begin(exactlyOnce), before), [failed(call), { type: "cancel-requested" }]);
    const refusals = Array.from({ length: 11 }, () => [REPEAT, failed(call)]).flat();
    const step = play(isWaiting, [...refusals, ...others.map(settled), answer, settled(givesBack)]);
    expect(step[0]).toMatchObject({ name: "canceled", settlement: ends[0] });
  });

  test.each(["at-most-once", "reconciled"] as const)("%s: it is never sent again", (guarantee) => {
    const plan = { ...exactlyOnce, guarantee };
    const step = givenUp(unconfirmedCall, plan);
    expect(typesOf(step)).not.toContain(call);
  });

  describe.each(["at-most-once", "reconciled"] as const)("%s, answered after all", (guarantee) => {
    const plan = { ...exactlyOnce, guarantee };

    test("while it settles: what it acquired is released, once", () => {
      if (others.length === 0) return expect(givenUp(unconfirmedCall, plan)[0].name).toBe("failed");
      const step = play(givenUp(unconfirmedCall, plan), [answer]);
      expect(typesOf(step)).toEqual([givesBack]);
      expect(play(step, [answer])).toEqual([step[0], []]);
      const end = play(step, [...others.map(settled), settled(givesBack)]);
      expect(end[0]).toMatchObject({ name: "failed", settlement: ends[0], error: { code: "unreachable" } });
      return expect(isUnfinished(end[0])).toBe(false);
    });

    test("after the end: what it acquired is released, once, and the outcome stays as announced", () => {
      const [ended] = play(givenUp(unconfirmedCall, plan), others.map(settled));
      expect(ended.name).toBe("failed");
      const step = play([ended, []], [answer]);
      expect(typesOf(step)).toEqual([givesBack]);
      const outcome = ({ status, error }: GenerationSnapshot) => ({ status, code: error?.code });
      expect(outcome(snapshotOf(step[0]))).toEqual(outcome(snapshotOf(ended)));
      expect(play(step, [answer])).toEqual([step[0], []]);
      const end = play(step, [settled(givesBack)]);
      expect(end[0]).toMatchObject({ name: "failed", settlement: ends[0], error: { code: "unreachable" } });
      expect(play(end, [answer])).toEqual([end[0], []]);
    });
  });
});

test("the prompt and the image stay in the record for as long as they are needed to ask again, and no longer", () => {
  const kept = UNCONFIRMED.map((unconfirmedCall) => {
    const text = encodeRecord(stuck(unconfirmedCall)[0]);
    return [text.includes("a corgi surfing"), text.includes(image)];
  });
  expect(kept).toEqual([
    [true, true],
    [false, false],
    [true, true],
  ]);
});
