// When to ask about a job again, when it counts as slow, and when as overdue. Pure: a table of inputs and outputs is its whole test.
import type { VideoModelId } from "@video-engine/video-models";
import { backoffMs, hintFloorMs } from "./backoff.ts";

/** What is known when the next question is planned. Milliseconds throughout. */
export interface PollContext {
  readonly model: VideoModelId;
  /** Guesses of the registry: half of the jobs, and 95 of 100, are done by then. */
  readonly expectedMs: { readonly p50: number; readonly p95: number };
  /** Answers so far; 0 when the job has just been accepted. */
  readonly attempt: number;
  /** Since the provider accepted the job. */
  readonly elapsedMs: number;
  /** Requests in a row that brought no answer. */
  readonly misses: number;
  /** The other side's advice (Retry-After, pollAfterMs). It is the floor. */
  readonly hintMs?: number | undefined;
  /** True when the last question was held until now, so that the job was watched all the while. */
  readonly wasHeld?: boolean | undefined;
  /** 0 <= random < 1. */
  readonly random: number;
}

/** When to ask again, and how late the job is. */
export interface PollDecision {
  readonly waitMs: number;
  /** Past the soft limit: tell the user, go on asking. */
  readonly isSlow: boolean;
  /** Past the hard limit: judged only with fresh answers in hand. */
  readonly isOverdue: boolean;
}

/** Plans the next question. Must be pure. */
export type PollingPolicy = (situation: PollContext) => PollDecision;

/** The limits of one model, milliseconds since the provider accepted the job. */
export interface PollingLimits {
  readonly softMs: number;
  readonly hardMs: number;
}

/** What may be set of the default policy. */
export interface PollingOptions {
  /** No two questions are closer than this. Default 1,000 ms. */
  readonly minWaitMs?: number;
  /** No wait of our own is longer than this, but for the silent start. Default 15,000 ms; 30,000 ms while nothing answers, whatever is set here. */
  readonly maxWaitMs?: number;
  /** Replaces a model's limits. */
  readonly limits?: Partial<Record<VideoModelId, Partial<PollingLimits>>>;
}

const MINUTE = 60_000;
/** However fast a model is meant to be, a paid job is not given up before this. */
const LEAST_HARD_MS = 15 * MINUTE;
const MOST_HARD_MS = 60 * MINUTE;

/** The limits that follow from a model's expected time: slow after 1.5 times p95 (at least a minute), overdue after ten times p95, within 15 to 60 minutes. */
export function pollingLimitsFor(expectedMs: { readonly p95: number }): PollingLimits {
  return {
    softMs: Math.max(MINUTE, Math.round(expectedMs.p95 * 1.5)),
    hardMs: Math.min(MOST_HARD_MS, Math.max(LEAST_HARD_MS, expectedMs.p95 * 10)),
  };
}

/**
 * The default schedule: silent until half of the typical time, then close around it (a twelfth of it between questions),
 * then growing with the age of the job. Few questions where an answer is unlikely, many where it is likely.
 */
export function createPollingPolicy(options: PollingOptions = {}): PollingPolicy {
  const { minWaitMs = 1_000, maxWaitMs = 15_000, limits = {} } = options;
  return (situation) => {
    const { elapsedMs, expectedMs, model, hintMs } = situation;
    const { softMs, hardMs } = { ...pollingLimitsFor(expectedMs), ...limits[model] };
    const late = { isSlow: elapsedMs >= softMs, isOverdue: elapsedMs >= hardMs };
    return {
      ...late,
      waitMs: Math.max(minWaitMs, ownWaitMs(situation, { minWaitMs, maxWaitMs }), hintFloorMs(hintMs)),
    };
  };
}

const SILENT_MAX_MS = 30_000;

/** After a question that was held nothing was missed, so the next may follow at once. */
function ownWaitMs(situation: PollContext, { minWaitMs, maxWaitMs }: { minWaitMs: number; maxWaitMs: number }): number {
  if (situation.misses > 0) return silentWaitMs(situation, minWaitMs);
  return situation.wasHeld === true ? minWaitMs : plannedWaitMs(situation, maxWaitMs);
}

/** While nothing answers: longer each time, however the job is. */
function silentWaitMs({ misses, random }: PollContext, minWaitMs: number): number {
  return backoffMs({ firstMs: minWaitMs, maxMs: SILENT_MAX_MS }, { attempt: misses, random });
}

function plannedWaitMs({ elapsedMs, expectedMs: { p50 }, random }: PollContext, maxWaitMs: number): number {
  const stepMs = (elapsedMs < 2 * p50 ? p50 : elapsedMs) / 12;
  const jitteredMs = Math.min(maxWaitMs, stepMs * (0.95 + random / 10));
  // What is left of the time in which an answer is unlikely. Chance only lengthens it: a shorter one costs a question for nothing.
  const quietMs = (p50 / 2 - elapsedMs) * (1 + random / 10);
  return Math.round(Math.max(quietMs, jitteredMs));
}

/** {@link createPollingPolicy} with its defaults. */
export const defaultPollingPolicy: PollingPolicy = createPollingPolicy();
