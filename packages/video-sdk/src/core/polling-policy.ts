// When to ask about a job again, and when a job is slow or overdue. Pure.
import type { VideoModelId } from "@video-engine/video-models";
import { backoffMs, hintFloorMs } from "./backoff.ts";
import { earlyMs, learnedWaitMs } from "./learned-schedule.ts";

/** The input for planning the next question. Milliseconds throughout. */
export interface PollContext {
  readonly model: VideoModelId;
  /** Estimates of the registry: half of the jobs, and 95 of 100, are done by then. */
  readonly expectedMs: { readonly p50: number; readonly p95: number };
  /** Answers so far; 0 when the job has just been accepted. */
  readonly attempt: number;
  /** Time since the provider accepted the job. */
  readonly elapsedMs: number;
  /** Questions in a row without an answer. */
  readonly misses: number;
  /** The server's advice (Retry-After, pollAfterMs). It is the floor. */
  readonly hintMs?: number | undefined;
  /** True when the server held the last question open until now (long polling), so no time passed unwatched. */
  readonly wasHeld?: boolean | undefined;
  /** True when the server says that it would hold the next question open until there is news. */
  readonly canHold?: boolean | undefined;
  /** How long the last jobs of the model took that this engine has seen end, at most 32. Absent or empty: none. */
  readonly seenMs?: readonly number[] | undefined;
  /** 0 <= random < 1. */
  readonly random: number;
}

/** When to ask again, and how late the job is. */
export interface PollDecision {
  readonly waitMs: number;
  /** Past the soft limit: show it to the user and go on asking. */
  readonly isSlow: boolean;
  /** Past the hard limit. Acted on only with fresh answers. */
  readonly isOverdue: boolean;
}

/** Plans the next question. Must be pure. */
export type PollingPolicy = (situation: PollContext) => PollDecision;

/** The limits of one model, in milliseconds since the provider accepted the job. */
export interface PollingLimits {
  readonly softMs: number;
  readonly hardMs: number;
}

/** Options of the default policy. */
export interface PollingOptions {
  /** The least time between two questions. Default 1,000 ms. */
  readonly minWaitMs?: number;
  /** The policy's longest wait, except for the silent start. Default 15,000 ms; always 30,000 ms while nothing answers. */
  readonly maxWaitMs?: number;
  /** Replaces limits of single models. */
  readonly limits?: Partial<Record<VideoModelId, Partial<PollingLimits>>>;
}

const MINUTE = 60_000;
/** A paid job is never given up before this, however fast its model is. */
const LEAST_HARD_MS = 15 * MINUTE;
const MOST_HARD_MS = 60 * MINUTE;

/** The limits for an expected time: slow after 1.5 times p95 (at least one minute), overdue after ten times p95 (15 to 60 minutes). */
export function pollingLimitsFor(expectedMs: { readonly p95: number }): PollingLimits {
  return {
    softMs: Math.max(MINUTE, Math.round(expectedMs.p95 * 1.5)),
    hardMs: Math.min(MOST_HARD_MS, Math.max(LEAST_HARD_MS, expectedMs.p95 * 10)),
  };
}

/**
 * The default schedule: silent until half of the typical time, then often around it (every twelfth of it), then less often as the job ages.
 * It asks rarely while an answer is unlikely, and often when one is likely.
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

function ownWaitMs(situation: PollContext, { minWaitMs, maxWaitMs }: { minWaitMs: number; maxWaitMs: number }): number {
  const { misses, wasHeld, canHold } = situation;
  if (misses > 0) return silentWaitMs(situation, minWaitMs);
  return wasHeld === true || canHold === true ? heldWaitMs(situation, maxWaitMs) : plannedWaitMs(situation, maxWaitMs);
}

/** Questions that are held follow one another from when the first jobs end. Chance spreads those of jobs that were started together. */
function heldWaitMs({ elapsedMs, expectedMs, seenMs = [], random }: PollContext, maxWaitMs: number): number {
  const { p50 } = expectedMs;
  const fromMs = earlyMs({ seenMs, typicalMs: p50 }) * (1 - random / 10);
  return Math.round(Math.min(fromMs - elapsedMs, Math.max(maxWaitMs, 2 * p50)));
}

/** The wait while nothing answers: longer after each miss, whatever the job's age. */
function silentWaitMs({ misses, random }: PollContext, minWaitMs: number): number {
  return backoffMs({ firstMs: minWaitMs, maxMs: SILENT_MAX_MS }, { attempt: misses, random });
}

function plannedWaitMs(situation: PollContext, maxWaitMs: number): number {
  const { elapsedMs, expectedMs, attempt, seenMs = [], random } = situation;
  const { p50 } = expectedMs;
  if (seenMs.length > 0) {
    const wasAsked = attempt > 0;
    const waitMs = learnedWaitMs({ seenMs, typicalMs: p50 }, { elapsedMs, wasAsked, random });
    return Math.round(Math.min(waitMs, wasAsked ? maxWaitMs : Math.max(maxWaitMs, 2 * p50)));
  }
  const stepMs = (elapsedMs < 2 * p50 ? p50 : elapsedMs) / 12;
  const jitteredMs = Math.min(maxWaitMs, stepMs * (0.95 + random / 10));
  // The rest of the silent start. Randomness only lengthens it: a shorter wait would waste a question.
  const quietMs = (p50 / 2 - elapsedMs) * (1 + random / 10);
  return Math.round(Math.max(quietMs, jitteredMs));
}

/** {@link createPollingPolicy} with its defaults. */
export const defaultPollingPolicy: PollingPolicy = createPollingPolicy();
