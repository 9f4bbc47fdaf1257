// What is left to do for a generation that ended with something unsettled: credits held or in doubt, a slot, a row. Pure.
import type { Settlement } from "../errors.ts";
import { confirmed, heldWithout, unconfirmedIn } from "./acquiring.ts";
import type { GenerationEvent } from "./event.ts";
import { mayBeAgain } from "./failed-step.ts";
import { maySaveAgain } from "./saving-videos.ts";
import { nextSteps } from "./settlement.ts";
import { begin, whileSettling } from "./settling.ts";
import type { Canceled, Completed, Failed, Settling, Verdict, Watching } from "./state.ts";
import type { SettlementStep, SettlementSteps, StepProgress } from "./settlement-steps.ts";
import { stay, type Rules, type TransitionResult } from "./transition-result.ts";

/** A generation that has ended. */
export type Ended = Completed | Failed | Canceled;

/** After this long an unset slot or row is left as it is. Credits never are. */
export const UNDONE_LIMIT_MS = 7 * 24 * 60 * 60_000;

const MONEY: readonly SettlementStep[] = ["capture-credits", "release-credits"];

/**
 * What an event means after the end. Two kinds count: a finding about a hold in doubt, and a late answer. What a late answer acquired is
 * released, and what it settled is settled. The announced outcome does not change.
 */
export function whenEnded(state: Ended, event: GenerationEvent, rules: Rules): TransitionResult {
  switch (event.type) {
    case "hold-read":
      return state.settlement === "unknown" ? holdRead(state, event) : stay(state);
    case "slot-acquired":
    case "credits-reserved":
    case "row-recorded":
    case "step-settled":
    case "videos-saved":
    case "job-accepted":
      return answeredLate(state, event, rules);
    default:
      return stay(state);
  }
}

function holdRead(state: Ended, { isHeld, at }: Extract<GenerationEvent, { type: "hold-read" }>): TransitionResult {
  const { undone, ...settled } = state;
  const others = stepsOf(undone).filter(([step]) => !MONEY.includes(step));
  if (!isHeld) return gone({ ...withoutHold(settled), undone: undoneOf(others) }, at);
  const steps = heldSteps(state, others);
  return settleWith(
    { ...settled, held: { ...confirmed(state.held, "reserve-credits"), credits: "held" } },
    { steps, due: steps, at },
  );
}

/** The hold is gone. Where that is a release, it is as if its answer had come: the row may say so. */
function gone(state: Ended, at: number): TransitionResult {
  if (state.settlement !== "released") return [state, []];
  const steps = stepsOf(state.undone);
  const released = settlingOf(state, steps);
  const due = nextSteps(released, "release-credits");
  if (due.length === 0) return [state, []];
  const [next, effects] = begin(released, due, at);
  return [next.name === "settling" ? { ...next, announcedSettlement: state.settlement } : next, effects];
}

function answeredLate(state: Ended, event: GenerationEvent, rules: Rules): TransitionResult {
  const ended = settlingOf(state, stepsOf(state.undone));
  const [next, effects] = whileSettling(ended, event, rules);
  if (next === ended) return stay(state);
  // Only the job is canceled: no step has begun.
  if (event.type === "job-accepted" && next.name === "settling") return [{ ...state, held: next.held }, effects];
  return [next.name === "settling" ? { ...next, announcedSettlement: state.settlement } : next, effects];
}

/**
 * Tries given-up steps again where that is safe: rows and slots always; money when it certainly did not move, or under its key; the app's
 * copies where it still makes some.
 */
export function settleAgain(state: Ended | Watching, at: number, { savesVideos = false }: Rules): TransitionResult {
  const isMoneyOpen = state.settlement === "held" || state.settlement === "unknown";
  const { undone, ...settled } = state;
  if (!isMoneyOpen && at - state.decidedAt > UNDONE_LIMIT_MS) return leftAsItIs(state);
  const isDue = ([step, progress]: Undone): boolean =>
    step === "save-videos"
      ? savesVideos && maySaveAgain(progress, at - state.decidedAt)
      : !progress.isUnsure || mayBeAgain(state.plan, step);
  const steps = stepsOf(undone);
  if (!steps.some(isDue)) return stay(state);
  const [next, effects] = settleWith(settled, { steps, due: steps.filter(isDue), at });
  return [next.name === "settling" ? { ...next, announcedSettlement: state.settlement } : next, effects];
}

/** What was given up stays so, and a slot whose id is unknown is not listed for ever. */
function leftAsItIs(state: Ended | Watching): TransitionResult {
  const { undone, held, ...others } = state;
  const open = unconfirmedIn(held);
  if (undone === undefined && open.length === 0) return stay(state);
  return [{ ...others, held: open.reduce((known, { call }) => heldWithout(known, call), held) }, []];
}

type Undone = readonly [SettlementStep, StepProgress];

interface Again {
  readonly steps: readonly Undone[];
  /** The steps that are tried. The others stay given up. */
  readonly due: readonly Undone[];
  readonly at: number;
}

function settleWith(state: Ended | Watching, { steps, due, at }: Again): TransitionResult {
  const fresh = steps.map(([step, progress]): Undone => [step, { ...progress, tries: 0, refusals: undefined }]);
  return begin(
    settlingOf(state, fresh),
    due.map(([step]) => step),
    at,
  );
}

/** Rebuilds the settling state that led here, with these steps given up. */
function settlingOf(state: Ended | Watching, steps: readonly Undone[]): Settling {
  const { plan, held, decidedAt, settlement } = state;
  const verdict = verdictOf(state);
  const isSaved = "videos" in verdict && held.rowId !== undefined;
  const known: SettlementSteps = {
    ...SETTLED[settlement],
    ...(isSaved ? { "save-row": DONE } : undefined),
    ...Object.fromEntries(steps),
  };
  return { name: "settling", plan, held, decidedAt, verdict, steps: known };
}

const DONE: StepProgress = { status: "done", attempt: 1, tries: 1, isUnsure: false };
/** What was announced about the credits stays. */
const SETTLED: Partial<Record<Settlement, SettlementSteps>> = {
  captured: { "capture-credits": DONE },
  released: { "release-credits": DONE },
};

/** The steps for a hold that turned out to exist. A row without its video comes first; its next steps follow. */
function heldSteps({ name, undone }: Ended, others: readonly Undone[]): readonly Undone[] {
  if (others.some(([step]) => step === "save-row")) return others;
  const step = name === "completed" ? "capture-credits" : "release-credits";
  const attempt = undone?.[step]?.attempt ?? 0;
  return [...others, [step, { status: "stuck", attempt, tries: 0, isUnsure: false }]];
}

function verdictOf(state: Ended | Watching): Verdict {
  if (state.name === "canceled") return { kind: "cancel" };
  if (state.name === "watching") {
    const { error, job, acceptedAt, questionsSent } = state;
    return { kind: "fail", error, watch: { job, acceptedAt, questionsSent } };
  }
  const { settlement, videos, copies } = state;
  if (state.name === "completed") return { kind: "deliver", videos, copies };
  const { error } = state;
  return videos.length > 0 ? { kind: "deliver-late", videos, copies, error, settlement } : { kind: "fail", error };
}

function stepsOf(undone: SettlementSteps | undefined): readonly Undone[] {
  return Object.entries(undone ?? {}) as [SettlementStep, StepProgress][]; // the keys of this record are its type's
}

function undoneOf(steps: readonly Undone[]): SettlementSteps | undefined {
  return steps.length === 0 ? undefined : Object.fromEntries(steps);
}

/** No hold is left: either the unconfirmed capture or release did happen, or the reserve did not. */
function withoutHold(state: Ended): Ended {
  if (state.held.credits === "unknown")
    return { ...state, held: { ...confirmed(state.held, "reserve-credits"), credits: "none" }, settlement: "none" };
  return { ...state, settlement: state.name === "completed" ? "captured" : "released" };
}
