// What can still be done for a generation that has ended with something not settled: credits held or in doubt, a slot, a row. Pure.
import type { Settlement } from "../errors.ts";
import type { GenerationEvent } from "./event.ts";
import { begin } from "./settling.ts";
import type {
  Canceled,
  Completed,
  Failed,
  SettlementStep,
  SettlementSteps,
  Settling,
  StepProgress,
  Verdict,
  Watching,
} from "./state.ts";
import { stay, type TransitionResult } from "./transition-result.ts";

/** A generation that has ended. */
export type Ended = Completed | Failed | Canceled;

/** A slot or a row that could not be set for this long is left as it is. Credits never are. */
export const UNDONE_LIMIT_MS = 7 * 24 * 60 * 60_000;

const MONEY: readonly SettlementStep[] = ["capture-credits", "release-credits"];

/** The one thing that an ended generation hears: whether a hold that was in doubt is there. */
export function whenEnded(state: Ended, event: GenerationEvent): TransitionResult {
  if (event.type !== "hold-read" || state.settlement !== "unknown") return stay(state);
  const { undone, ...settled } = state;
  const others = stepsOf(undone).filter(([step]) => !MONEY.includes(step));
  if (!event.isHeld) return [{ ...withoutHold(settled), ...undoneOf(others) }, []];
  const steps = heldSteps(state, others);
  return settleWith({ ...settled, held: { ...state.held, credits: "held" } }, { steps, due: steps, at: event.at });
}

/** What was given up and may be tried again: rows and slots may be set again, money when it did not move, or under its key. */
export function settleAgain(state: Ended | Watching, at: number): TransitionResult {
  const isMoneyOpen = state.settlement === "held" || state.settlement === "unknown";
  const { undone, ...settled } = state;
  if (!isMoneyOpen && at - state.decidedAt > UNDONE_LIMIT_MS) return undone === undefined ? stay(state) : [settled, []];
  const isDue = ([step, { isUnsure }]: Undone): boolean =>
    !MONEY.includes(step) || !isUnsure || state.plan.guarantee === "exactly-once";
  const steps = stepsOf(undone);
  if (!steps.some(isDue)) return stay(state);
  const [next, effects] = settleWith(settled, { steps, due: steps.filter(isDue), at });
  return [next.name === "settling" ? { ...next, announcedSettlement: state.settlement } : next, effects];
}

type Undone = readonly [SettlementStep, StepProgress];

interface Again {
  readonly steps: readonly Undone[];
  /** Those that are tried. The others stay given up. */
  readonly due: readonly Undone[];
  readonly at: number;
}

function settleWith(state: Ended | Watching, { steps, due, at }: Again): TransitionResult {
  const { plan, held, decidedAt, settlement } = state;
  const fresh = steps.map(([step, progress]) => [step, { ...progress, attempts: 0 }] as const);
  const known: SettlementSteps = { ...SETTLED[settlement], ...Object.fromEntries(fresh) };
  const settling: Settling = { name: "settling", plan, held, decidedAt, verdict: verdictOf(state), steps: known };
  return begin(
    settling,
    due.map(([step]) => step),
    at,
  );
}

const DONE: StepProgress = { status: "done", attempts: 1, isUnsure: false };
/** What was said of the credits stays so. */
const SETTLED: Partial<Record<Settlement, SettlementSteps>> = {
  captured: { "capture-credits": DONE },
  released: { "release-credits": DONE },
};

/** What moves a hold that is there after all. A row that does not show its video comes first, and what follows from it. */
function heldSteps({ name }: Ended, others: readonly Undone[]): readonly Undone[] {
  if (others.some(([step]) => step === "save-row")) return others;
  const step = name === "completed" ? "capture-credits" : "release-credits";
  return [...others, [step, { status: "stuck", attempts: 0, isUnsure: false }]];
}

function verdictOf(state: Ended | Watching): Verdict {
  if (state.name === "canceled") return { kind: "cancel" };
  if (state.name === "watching") {
    const { error, job, acceptedAt } = state;
    return { kind: "fail", error, watch: { job, acceptedAt } };
  }
  const { settlement, videos } = state;
  if (state.name === "completed") return { kind: "deliver", videos };
  const { error } = state;
  return videos.length > 0 ? { kind: "deliver-late", videos, error, settlement } : { kind: "fail", error };
}

function stepsOf(undone: SettlementSteps | undefined): readonly Undone[] {
  return Object.entries(undone ?? {}) as [SettlementStep, StepProgress][]; // the keys of this record are its type's
}

function undoneOf(steps: readonly Undone[]): { readonly undone?: SettlementSteps } {
  return steps.length === 0 ? {} : { undone: Object.fromEntries(steps) };
}

/** No hold is left: then the capture or the release that nobody heard of did happen, or the reserve did not. */
function withoutHold(state: Ended): Ended {
  if (state.held.credits === "unknown")
    return { ...state, held: { ...state.held, credits: "none" }, settlement: "none" };
  return { ...state, settlement: state.name === "completed" ? "captured" : "released" };
}
