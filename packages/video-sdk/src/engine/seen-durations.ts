// How long the last jobs of each model took, as far as this engine saw them end: what a polling policy can learn from.
import type { VideoModelId } from "@video-engine/video-models";
import { factsOf } from "../core/model-facts.ts";
import type { PollingPolicy } from "../core/polling-policy.ts";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { joined, type Durations, type DurationStore } from "./duration-store.ts";
import type { GenerationReport } from "./engine-event.ts";

/** The durations of one engine. */
export interface SeenDurations {
  /** The same policy, which is told of them. */
  tell(policy: PollingPolicy): PollingPolicy;
  /** Learns from an event, and passes it on. */
  onEvent(event: GenerationReport): void;
}

/** A job that had ended before its first question ended somewhere in the silence before it. A clearly smaller value lets the silence shrink. */
const SILENT_PART = 0.8;
/** A device that slept, or whose clock was set, does not know for how long. */
const LONGEST_GAP_MS = 60_000;
/** The least time between two writes: what was learned in between is written with the next. */
const LEAST_BETWEEN_WRITES_MS = 60_000;

/** A job that runs: when it was accepted, and when it was last said to be pending. */
interface SeenJob extends JobTimes {
  readonly model: VideoModelId;
}

/** What is known of a job's times. */
export interface JobTimes {
  /** How long such a job usually takes. */
  readonly usualMs: number;
  readonly acceptedAt: number;
  /** When it was last said to be pending. */
  readonly pendingAt?: number | undefined;
}

/** Nothing seen yet, but for what the store has; it is read at the first event. `snapshotOf`: that of a generation. */
export function createSeenDurations(
  snapshotOf: (id: string) => GenerationSnapshot | undefined,
  onEvent: (event: GenerationReport) => void,
  store?: DurationStore,
): SeenDurations {
  let seen: Durations = new Map();
  /** What the store was not given yet. */
  let unsaved: Durations = new Map();
  let reading: Promise<void> | undefined;
  let writtenAt: number | undefined;
  const jobs = new Map<string, SeenJob>();

  const adopt = (stored: Durations): void => void (seen = joined(stored, unsaved));
  const save = async (at: number): Promise<void> => {
    if (store === undefined || (writtenAt !== undefined && Math.abs(at - writtenAt) < LEAST_BETWEEN_WRITES_MS)) return;
    writtenAt = at;
    await reading;
    const learned = unsaved;
    unsaved = new Map();
    const stored = await store.add(learned);
    if (stored !== undefined) adopt(stored);
  };
  const learn = (model: VideoModelId, durationMs: number, at: number): void => {
    const learned = new Map([[model, [Math.round(durationMs)]]]);
    seen = joined(seen, learned);
    if (store !== undefined) unsaved = joined(unsaved, learned);
    void save(at);
  };

  const accepted = ({ id, at: acceptedAt }: GenerationReport): void => {
    const { model, modelFacts } = snapshotOf(id) ?? {};
    if (model !== undefined)
      jobs.set(id, { model, usualMs: factsOf({ model, modelFacts }).expectedMs.p50, acceptedAt });
  };
  const hear = (event: GenerationReport): void => {
    const { id, at, type, effect } = event;
    if (type === "job-accepted") return accepted(event);
    const job = type === "job-pending" || type === "job-finished" ? jobs.get(id) : undefined;
    if (job === undefined) return;
    const isKnown = isTimed(job, event);
    if (type === "job-pending" && isKnown) jobs.set(id, { ...job, pendingAt: at });
    else if (type === "job-pending") jobs.delete(id);
    else if (effect === "check-status" && isKnown) learn(job.model, durationOf(job, event), at);
  };

  return {
    tell: (policy) => (context) => policy({ ...context, seenMs: seen.get(context.model) }),
    onEvent(event) {
      reading ??= store?.read().then(adopt);
      hear(event);
      if (event.phase !== "polling") jobs.delete(event.id);
      onEvent(event);
    },
  };
}

/** What is asked of the event that has ended a job. */
type JobEnd = Pick<GenerationReport, "type" | "at" | "wasHeld">;

/** How long a job took that has just ended, in milliseconds; undefined where that cannot be known. For hosts that keep durations of their own. */
export function durationSeen(
  { model, modelFacts, ...times }: Parameters<typeof factsOf>[0] & Omit<JobTimes, "usualMs">,
  event: JobEnd,
): number | undefined {
  const job = { ...times, usualMs: factsOf({ model, modelFacts }).expectedMs.p50 };
  return isTimed(job, event) ? Math.round(durationOf(job, event)) : undefined;
}

/** Whether the time since the last answer can be believed. Before the first question a job may be left alone for long, and end meanwhile. */
function isTimed({ usualMs, acceptedAt, pendingAt }: JobTimes, { type, at }: JobEnd): boolean {
  const gapMs = at - (pendingAt ?? acceptedAt);
  const silentMs = pendingAt === undefined ? 2 * usualMs : 0;
  const hasEndedInSilence = silentMs > 0 && type === "job-finished";
  return gapMs >= 0 && gapMs <= silentMs + (hasEndedInSilence ? 0 : LONGEST_GAP_MS);
}

/** The middle of the time in which it must have ended; its end, where the server watched it. */
function durationOf({ acceptedAt, pendingAt }: JobTimes, { at, wasHeld }: JobEnd): number {
  if (wasHeld === true) return at - acceptedAt;
  return Math.max(1, pendingAt === undefined ? SILENT_PART * (at - acceptedAt) : (pendingAt + at) / 2 - acceptedAt);
}
