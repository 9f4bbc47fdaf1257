// The state in which the books are made final: every step runs, fails and is tried again on its own.
import type { VideoErrorData } from "../errors.ts";
import { heldAfter, heldWithout, isRefusedByBooks } from "./acquiring.ts";
import { backoffMs } from "./backoff.ts";
import type { Effect } from "./effect.ts";
import type { GenerationEvent } from "./event.ts";
import { effectOf, firstSteps, nextSteps, settlementOf } from "./settlement.ts";
import type { Settling, SettlementStep, SettlementSteps, StepProgress } from "./state.ts";
import { stay, type TransitionResult } from "./transition-result.ts";
import { watch } from "./watching.ts";

/** Times a settlement step is sent before it is reported as unsettled: 45 to 91 seconds with the delays between, unless told to wait longer. */
export const MAX_STEP_ATTEMPTS = 8;
const STEP_BACKOFF = { firstMs: 1_000, maxMs: 30_000 };

/** Begins to make the books final. Nothing that was waited for before matters any more. `steps`: what was given up before. */
export function settle(
  { plan, held, verdict, steps = {} }: Pick<Settling, "plan" | "held" | "verdict"> & Partial<Settling>,
  at: number,
): TransitionResult {
  return begin({ name: "settling", plan, held, verdict, decidedAt: at, steps }, firstSteps(verdict, held), at);
}

/** Begins with these steps. */
export function begin(settling: Settling, due: readonly SettlementStep[], at: number): TransitionResult {
  const [state, effects] = start(settling, due, at);
  return [state, [{ type: "stop-waiting" }, ...effects]];
}

/** What an event means while settling. */
export function whileSettling(state: Settling, event: GenerationEvent): TransitionResult {
  switch (event.type) {
    case "step-settled":
      return done(state, event.step, event.at);
    case "slot-acquired":
    case "credits-reserved":
    case "row-recorded":
      return heard(state, event);
    case "wait-elapsed":
      return event.key !== "poll" && event.key !== "retry" ? again(state, event.key, event.at) : stay(state);
    case "effect-failed":
      return isStep(event.effect) ? failed(state, { ...event, effect: event.effect }) : stay(state);
    default:
      return stay(state);
  }
}

function done(state: Settling, step: SettlementStep, at: number): TransitionResult {
  const progress = state.steps[step];
  return progress?.status === "running"
    ? end(withStep(state, step, { ...progress, status: "done" }), step, at)
    : stay(state);
}

/** An unconfirmed call has been answered after all: what it brought is given back. */
function heard(state: Settling, event: GenerationEvent): TransitionResult {
  const { unconfirmedCall } = state.held;
  const held = heldAfter(state.held, event);
  if (unconfirmedCall === undefined || held === undefined || state.steps[unconfirmedCall]?.status !== "running")
    return stay(state);
  return done({ ...state, held }, unconfirmedCall, event.at);
}

type StepFailed = Extract<GenerationEvent, { type: "effect-failed" }> & { readonly effect: SettlementStep };

function failed(state: Settling, event: StepFailed): TransitionResult {
  const progress = state.steps[event.effect];
  if (progress?.status !== "running") return stay(state);
  if (event.certainty === "not-done" && isRefusedByBooks(event.effect, event.error)) {
    return done({ ...state, held: heldWithout(state.held) }, event.effect, event.at);
  }
  const known = { ...progress, isUnsure: progress.isUnsure || event.certainty === "unknown" };
  if (!mayRepeat(state, event) || known.attempts >= MAX_STEP_ATTEMPTS) {
    return end(withStep(state, event.effect, { ...known, status: "stuck" }), event.effect, event.at);
  }
  const waitMs = backoffMs(STEP_BACKOFF, {
    attempt: progress.attempts,
    random: event.random,
    hintMs: event.error.retryAfterMs,
  });
  return [
    withStep(state, event.effect, { ...known, status: "waiting" }),
    [{ type: "wait", key: event.effect, until: event.at + waitMs }],
  ];
}

/** Rows and slots are set, not added to, so they may be set again. Money moves by an amount: only under a key, or when it certainly did not move. */
function mayRepeat(state: Settling, { effect, certainty }: StepFailed): boolean {
  const isMoney = effect === "capture-credits" || effect === "release-credits";
  return !isMoney || state.plan.guarantee === "exactly-once" || certainty === "not-done";
}

function again(state: Settling, step: SettlementStep, at: number): TransitionResult {
  const progress = state.steps[step];
  return progress?.status === "waiting" ? start(state, [step], at) : stay(state);
}

function end(state: Settling, step: SettlementStep, at: number): TransitionResult {
  // A slot that was given up before is being closed already.
  const due = nextSteps(state, step).filter((next) => state.steps[next] === undefined);
  return start(state, due, at);
}

function start(state: Settling, steps: readonly SettlementStep[], at: number): TransitionResult {
  const effects: Effect[] = [];
  let next = state;
  for (const step of steps) {
    const effect = effectOf(state, step);
    if (effect === undefined) continue;
    effects.push(effect);
    const { attempts, isUnsure } = state.steps[step] ?? { attempts: 0, isUnsure: false };
    next = withStep(next, step, { status: "running", attempts: attempts + 1, isUnsure });
  }
  return isOver(next) ? finish(next, at) : [next, effects];
}

function isOver({ steps }: Settling): boolean {
  return Object.values(steps).every(({ status }) => status !== "running" && status !== "waiting");
}

function finish(state: Settling, at: number): TransitionResult {
  const { plan, held, verdict, decidedAt } = state;
  const settlement = settlementOf(state);
  const base = { plan, held, decidedAt, settlement, ...undoneOf(state) };
  switch (verdict.kind) {
    case "deliver":
      return [{ name: "completed", ...base, videos: verdict.videos }, []];
    case "deliver-late":
      return [{ name: "failed", ...base, error: { ...verdict.error, settlement }, videos: verdict.videos }, []];
    case "cancel":
      return [{ name: "canceled", ...base }, []];
    case "fail": {
      const error: VideoErrorData = { ...verdict.error, settlement };
      if (verdict.watch === undefined) return [{ name: "failed", ...base, error, videos: [] }, []];
      return watch({ name: "watching", ...base, error, ...verdict.watch, attempt: 0 }, at);
    }
  }
}

function undoneOf({ steps }: Settling): { readonly undone?: SettlementSteps } {
  const undone = Object.entries(steps).filter(([, { status }]) => status === "stuck");
  return undone.length === 0 ? {} : { undone: Object.fromEntries(undone) };
}

function withStep(state: Settling, step: SettlementStep, progress: StepProgress): Settling {
  return { ...state, steps: { ...state.steps, [step]: progress } };
}

const STEPS: Record<SettlementStep, true> = {
  "acquire-slot": true,
  "reserve-credits": true,
  "record-row": true,
  "save-row": true,
  "mark-row-failed": true,
  "capture-credits": true,
  "release-credits": true,
  "close-slot": true,
};

function isStep(effect: string): effect is SettlementStep {
  return Object.hasOwn(STEPS, effect);
}
