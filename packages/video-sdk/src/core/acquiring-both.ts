// The state in which slot and credits are requested at the same time. Only under a key: whatever becomes of either call can then be found out.
import { acquireSlot, reserveCredits } from "./acquiring.ts";
import type { OutsideEffect } from "./effect.ts";
import type { GenerationEvent } from "./event.ts";
import { mayAskAnew, mayRepeat, retryWait } from "./preparing-retry.ts";
import { settle } from "./settling.ts";
import type { AcquiringBoth, BothCalls, GenerationPlan, Held, UnconfirmedCall } from "./state.ts";
import type { StepProgress } from "./settlement-steps.ts";
import { stay, type Rules, type TransitionResult } from "./transition-result.ts";

const CALLS = ["acquire-slot", "reserve-credits"] as const satisfies readonly BothCalls[];
const PHASES = { "acquire-slot": "acquiring-slot", "reserve-credits": "reserving-credits" } as const;
const NOT_SENT: StepProgress = { status: "waiting", attempt: 0, tries: 0, isUnsure: false };

/** Requests both. */
export function acquireBoth(plan: GenerationPlan): TransitionResult {
  const steps = { "acquire-slot": NOT_SENT, "reserve-credits": NOT_SENT };
  return send({ name: "acquiring-both", plan, isCanceling: false, steps }, CALLS);
}

/** What happens once both are there. */
type Onward = (slotId: string, at: number) => TransitionResult;

/** What an event means while both are requested. */
export function whileAcquiringBoth(
  state: AcquiringBoth,
  event: GenerationEvent,
  { rules, onward }: { readonly rules: Rules; readonly onward: Onward },
): TransitionResult {
  switch (event.type) {
    case "cancel-requested":
      return state.isCanceling ? stay(state) : next({ ...state, isCanceling: true }, event.at, onward);
    case "wait-elapsed":
      return isOne(event.key) ? again(state, event.key) : stay(state);
    case "slot-acquired":
      return state.slotId === undefined
        ? next(withStep({ ...state, slotId: event.slotId }, "acquire-slot", { status: "done" }), event.at, onward)
        : stay(state);
    case "credits-reserved":
      return state.steps["reserve-credits"].status === "done"
        ? stay(state)
        : next(withStep(state, "reserve-credits", { status: "done" }), event.at, onward);
    case "effect-failed": {
      const { effect } = event;
      return isOne(effect) && isInFlight(state.steps[effect], event)
        ? failed(state, { ...event, effect }, { rules, onward })
        : stay(state);
    }
    default:
      return stay(state);
  }
}

type EffectFailed = Extract<GenerationEvent, { type: "effect-failed" }>;

function isInFlight({ status, attempt }: StepProgress, event: EffectFailed): boolean {
  return status === "running" && attempt === event.attempt;
}

function failed(
  state: AcquiringBoth,
  event: EffectFailed & { readonly effect: BothCalls },
  { rules, onward }: { readonly rules: Rules; readonly onward: Onward },
): TransitionResult {
  const { effect, certainty, isFinal, at } = event;
  const before = state.steps[effect];
  const isUnsure = certainty === "unknown" || (before.isUnsure && isFinal !== true);
  const tried = { plan: state.plan, effect, tries: before.tries, isUnsure, isWanted: !isEnding(state) };
  if (mayAskAnew(tried, event)) {
    const plan = { ...state.plan, isReservedAnew: true } as const;
    return send(withStep({ ...state, plan }, effect, { tries: 0 }), [effect]);
  }
  if (mayRepeat(tried, event, rules)) {
    return [withStep(state, effect, { status: "waiting", isUnsure }), [retryWait(effect, before.tries, event)]];
  }
  const own = { ...event.error, phase: PHASES[effect] };
  // As if the slot had been requested first: without one the credits do not matter.
  const refusal = effect === "acquire-slot" ? own : (state.refusal ?? own);
  return next({ ...withStep(state, effect, { status: "stuck", isUnsure }), refusal }, at, onward);
}

/** Goes on when both are there; or ends, as soon as no call can bring anything more. */
function next(state: AcquiringBoth, at: number, onward: Onward): TransitionResult {
  const { plan, steps, slotId, isCanceling, refusal } = state;
  const calls = Object.values(steps);
  if (!isEnding(state)) {
    return slotId !== undefined && calls.every(({ status }) => status === "done") ? onward(slotId, at) : [state, []];
  }
  const isOpen = calls.some(({ status, isUnsure }) => status === "running" || (status === "waiting" && isUnsure));
  if (isOpen) return [state, []];
  const held = heldBy(state);
  if (isCanceling || refusal === undefined) return settle({ plan, held, verdict: { kind: "cancel" } }, at);
  return settle({ plan, held, verdict: { kind: "fail", error: refusal } }, at);
}

/** Nothing more is acquired. */
function isEnding({ isCanceling, refusal }: AcquiringBoth): boolean {
  return isCanceling || refusal !== undefined;
}

function heldBy({ slotId, steps }: AcquiringBoth): Held {
  const { status, isUnsure } = steps["reserve-credits"];
  const [unconfirmedCall, alsoUnconfirmed] = CALLS.flatMap((call): readonly UnconfirmedCall[] => {
    const { attempt, ...progress } = steps[call];
    return progress.isUnsure && progress.status !== "done" ? [{ call, attempt }] : [];
  });
  const credits = status === "done" ? "held" : isUnsure ? "unknown" : "none";
  return { slotId, credits, unconfirmedCall, alsoUnconfirmed };
}

/** Once it is ending, only a call that may have happened is sent again. */
function again(state: AcquiringBoth, call: BothCalls): TransitionResult {
  const { status, isUnsure } = state.steps[call];
  return status === "waiting" && (isUnsure || !isEnding(state)) ? send(state, [call]) : stay(state);
}

function send(state: AcquiringBoth, calls: readonly BothCalls[]): TransitionResult {
  const sent = calls.reduce((before, call) => {
    const { attempt, tries } = before.steps[call];
    return withStep(before, call, { status: "running", attempt: attempt + 1, tries: tries + 1 });
  }, state);
  return [sent, calls.map((call) => effectOf(sent, call))];
}

function effectOf({ plan, steps }: AcquiringBoth, call: BothCalls): OutsideEffect {
  const { attempt } = steps[call];
  return call === "acquire-slot" ? acquireSlot(plan, attempt) : reserveCredits(plan, attempt);
}

function withStep(state: AcquiringBoth, call: BothCalls, change: Partial<StepProgress>): AcquiringBoth {
  return { ...state, steps: { ...state.steps, [call]: { ...state.steps[call], ...change } } };
}

function isOne(name: string): name is BothCalls {
  return name in PHASES;
}
