import { describe, expect, test } from "vitest";
import { atMostOnce } from "../core/__fixtures__/plans.ts";
import type { OutsideEffect } from "../core/effect.ts";
import type { EventPayload } from "../core/event.ts";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import { resume } from "../core/resume.ts";
import type { AcquiringBoth, GenerationPlan, GenerationState } from "../core/state.ts";
import type { TransitionResult } from "../core/transition-result.ts";
import { initial, transition } from "../core/transition.ts";
import { videoErrorData, type VideoErrorCode } from "../errors.ts";
import { numberCalls } from "./number-calls.ts";

const rules = { polling: defaultPollingPolicy, numberCalls };
const session = "6f0f9f6a-3c5e-4f5e-9d0e-2b6f7d1c8a11";
const plan: GenerationPlan = { ...atMostOnce, guarantee: "exactly-once", calls: { session, steps: {} } };

/** A machine whose calls are numbered, and the calls that it has asked for. */
function openMachine(first: TransitionResult) {
  let state: GenerationState = first[0];
  let at = 0;
  let last: readonly OutsideEffect[] = [];
  const take = ([next, effects]: TransitionResult): void => {
    state = next;
    const asked = effects.filter((effect) => effect.type !== "wait" && effect.type !== "stop-waiting");
    last = next.name === "acquiring-both" ? [...last, ...asked].filter((effect) => isOpen(next, effect)) : asked;
  };
  take(numberCalls(first, { at }));
  const hear = (payload: EventPayload): void =>
    take(transition(state, { ...payload, at: (at += 1_000), random: 0.5 }, rules));
  const effect = (): OutsideEffect => {
    const [only, ...others] = last;
    if (only === undefined || others.length > 0) throw new Error(`It asks for ${JSON.stringify(last)}.`);
    return only;
  };
  return {
    state: () => state,
    hear,
    effects: () => last,
    call: () => effect().call,
    succeed(
      payload: EventPayload extends infer One
        ? One extends { attempt: number }
          ? Omit<One, "attempt">
          : never
        : never,
    ) {
      hear({ ...payload, attempt: effect().attempt } as EventPayload);
    },
    fail(certainty: "unknown" | "not-done", code: VideoErrorCode, isFinal?: boolean) {
      const { type, attempt, call } = effect();
      const error = videoErrorData(code);
      hear({ type: "effect-failed", effect: type, attempt, certainty, error, isFinal, number: call?.number });
    },
    wait: (key: "reserve-credits" | "release-credits") => hear({ type: "wait-elapsed", key }),
    /** The process dies and another one starts from the record. */
    restart: () => take(resume(state, { at: (at += 60_000), random: 0.5 }, rules)),
  };
}

/** Slot and credits are asked for at the same time: one of them may be answered before the other. */
function isOpen({ steps }: AcquiringBoth, { type, attempt }: OutsideEffect): boolean {
  return Object.entries(steps).some(
    ([call, step]) => call === type && step.attempt === attempt && step.status === "running",
  );
}

const begin = () => openMachine(initial(plan));

function reserving() {
  const machine = begin();
  machine.hear({ type: "slot-acquired", attempt: 1, slotId: "slot-1" });
  return machine;
}

describe("the number of a call", () => {
  test("is its step's place, and is stored with the state that asks for it", () => {
    const machine = begin();
    const first = { session, firstAt: 0, isFirst: true, isOther: false };
    expect(machine.effects().map(({ call }) => call)).toEqual([
      { ...first, number: 1_000 },
      { ...first, number: 2_000 },
    ]);
    for (const step of ["slot", "reserve"])
      expect(machine.state().plan.calls?.steps[step]).toMatchObject({ firstAt: 0, refusals: 0 });
    machine.hear({ type: "slot-acquired", attempt: 1, slotId: "slot-1" });
    machine.hear({ type: "credits-reserved", attempt: 1 });
    expect(machine.call()).toMatchObject({ number: 3_000, firstAt: 2_000, isFirst: true });
  });

  test("stays after silence, however often the call is repeated, and across a restart", () => {
    const machine = reserving();
    for (let times = 0; times < 3; times++) {
      machine.fail("unknown", "unreachable");
      machine.wait("reserve-credits");
      expect(machine.call()).toMatchObject({ number: 2_000, firstAt: 0, isFirst: false });
    }
    machine.restart();
    machine.wait("reserve-credits");
    expect(machine.call()).toMatchObject({ number: 2_000, firstAt: 0, isFirst: false });
  });

  test("stays after a throw: an earlier attempt may still be on its way", () => {
    const machine = reserving();
    machine.fail("unknown", "unreachable");
    machine.wait("reserve-credits");
    machine.fail("not-done", "unreachable");
    machine.wait("reserve-credits");
    expect(machine.call()).toMatchObject({ number: 2_000 });
  });

  test("is the next one after a refusal that was returned, and after a restart too", () => {
    const machine = settlingWith("release");
    machine.fail("not-done", "settlement-failed", true);
    machine.wait("release-credits");
    expect(machine.call()).toMatchObject({ number: 6_001 });
    machine.restart();
    machine.wait("release-credits");
    expect(machine.call()).toMatchObject({ number: 6_001 });
  });

  test("counts a refusal once, though it is heard twice", () => {
    const machine = settlingWith("release");
    const { attempt, call } = machine.effects()[0] ?? { attempt: 0, call: undefined };
    const error = videoErrorData("settlement-failed");
    const number = call?.number;
    const refused = {
      effect: "release-credits",
      attempt,
      certainty: "not-done",
      error,
      isFinal: true,
      number,
    } as const;
    machine.hear({ type: "effect-failed", ...refused });
    machine.hear({ type: "effect-failed", ...refused });
    expect(machine.state().plan.calls?.steps["settle"]?.refusals).toBe(1);
  });

  test("of credits that were refused, and are asked for anew, is another step's", () => {
    const machine = reserving();
    const [{ attempt, call }] = machine.effects() as [OutsideEffect]; // the reserve
    machine.hear({
      ...{ type: "effect-failed", effect: "reserve-credits", attempt, certainty: "not-done", isFinal: true },
      ...{ error: videoErrorData("insufficient-credits"), number: call?.number, isWorthAskingAnew: true },
    } as const);
    expect(machine.call()).toMatchObject({ number: 15_000, isFirst: true, isOther: false });
    machine.restart();
    machine.wait("reserve-credits");
    expect(machine.call()).toMatchObject({ number: 15_000, isFirst: false });
  });

  test("is left out of a plan without a session, and the transition is the same reference", () => {
    const result = initial(atMostOnce);
    expect(numberCalls(result, { at: 0 })).toBe(result);
  });
});

/** A generation whose credits are about to be released, or captured. */
function settlingWith(what: "release" | "capture") {
  const machine = reserving();
  machine.hear({ type: "credits-reserved", attempt: 1 });
  machine.hear({ type: "session-created", attempt: 1, sessionId: "session-1" });
  machine.hear({ type: "row-recorded", attempt: 1, rowId: "row-1" });
  if (what === "capture") {
    machine.hear({ type: "job-finished", attempt: 1, effect: "submit-job", videos: ["https://videos.test/1.mp4"] });
    machine.hear({ type: "step-settled", attempt: 1, step: "save-row" });
    machine.hear({ type: "step-settled", attempt: 1, step: "close-slot" });
    return machine;
  }
  machine.hear({ type: "job-failed", attempt: 1, effect: "submit-job", error: videoErrorData("provider-failed") });
  return only(machine, "release-credits");
}

/** The same with the other steps done. */
function only(machine: ReturnType<typeof openMachine>, step: string) {
  const kept = machine.effects();
  return {
    ...machine,
    fail(certainty: "unknown" | "not-done", code: VideoErrorCode, isFinal?: boolean) {
      const effect = [...machine.effects(), ...kept].find(({ type }) => type === step);
      if (effect === undefined) throw new Error(`${step} is not asked for.`);
      const { type, attempt, call } = effect;
      const error = videoErrorData(code);
      machine.hear({ type: "effect-failed", effect: type, attempt, certainty, error, isFinal, number: call?.number });
    },
    effects: () => [...machine.effects(), ...kept].filter(({ type }) => type === step),
  };
}

describe("capture and release", () => {
  test("have one number, and a hash of what was asked for first", () => {
    const capture = settlingWith("capture").state().plan.calls?.steps["settle"];
    const release = settlingWith("release").state().plan.calls?.steps["settle"];
    expect(capture?.argsHash).not.toBe(release?.argsHash);
  });

  test("a release of what was captured is not sent: the deployment would answer as to the capture", () => {
    const captured = settlingWith("capture").state();
    const release: OutsideEffect = {
      type: "release-credits",
      attempt: 1,
      credits: plan.credits,
      key: `${plan.id}:settle`,
    };
    const [, [effect]] = numberCalls([captured, [release]], { at: 9_000 });
    expect(effect).toMatchObject({ call: { number: 6_000, isOther: true } });
  });

  test("another amount is another call", () => {
    const { plan: reserved, ...rest } = reserving().state();
    const more: OutsideEffect = {
      type: "reserve-credits",
      attempt: 2,
      credits: plan.credits + 1,
      key: `${plan.id}:reserve`,
    };
    const state = { ...rest, plan: reserved } as GenerationState; // the same state
    const [, [effect]] = numberCalls([state, [more]], { at: 9_000 });
    expect(effect).toMatchObject({ call: { isOther: true } });
  });
});

describe("what an answer proves", () => {
  test("only a returned refusal settles the attempts before it: after one nothing is in doubt", () => {
    const machine = reserving();
    machine.fail("unknown", "unreachable");
    machine.wait("reserve-credits");
    machine.fail("not-done", "insufficient-credits", true);
    const state = machine.state();
    expect(state).toMatchObject({ name: "settling", held: { credits: "none" } });
    expect(machine.effects().map(({ type }) => type)).toEqual(["close-slot"]);
  });

  test("after one that was thrown the credits are in doubt, and asked for again under their number", () => {
    const machine = reserving();
    machine.fail("unknown", "unreachable");
    machine.wait("reserve-credits");
    machine.fail("not-done", "insufficient-credits");
    expect(machine.state()).toMatchObject({ name: "settling", held: { credits: "unknown" } });
    const again = machine.effects().find(({ type }) => type === "reserve-credits");
    expect(again).toMatchObject({ call: { number: 2_000 } });
    const { attempt = 0 } = again ?? {};
    const error = videoErrorData("insufficient-credits");
    machine.hear({
      type: "effect-failed",
      effect: "reserve-credits",
      attempt,
      certainty: "not-done",
      error,
      number: 2_000,
    });
    expect(machine.state()).toMatchObject({ held: { credits: "unknown" } });
  });

  test("an unknown outcome that is final is not asked for again while preparing, and once while settling", () => {
    const machine = reserving();
    machine.fail("unknown", "protocol-mismatch", true);
    expect(machine.state()).toMatchObject({ name: "settling", held: { credits: "unknown" } });
    const again = only(machine, "reserve-credits");
    again.fail("unknown", "protocol-mismatch", true);
    machine.hear({ type: "step-settled", attempt: 1, step: "close-slot" });
    expect(machine.state()).toMatchObject({ name: "failed", settlement: "unknown" });
  });
});
