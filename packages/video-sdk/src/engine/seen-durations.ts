// How long the last jobs of each model took, as far as this engine saw them end: what a polling policy can learn from. Stores nothing.
import { getVideoModel, type VideoModelId } from "@video-engine/video-models";
import type { PollingPolicy } from "../core/polling-policy.ts";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { GenerationReport } from "./engine-event.ts";

/** The durations of one engine. */
export interface SeenDurations {
  /** The same policy, which is told of them. */
  tell(policy: PollingPolicy): PollingPolicy;
  /** Learns from an event, and passes it on. */
  onEvent(event: GenerationReport): void;
}

/** More would be slower to notice that a provider has become faster or slower. */
const LAST = 32;
/** A job that had ended before its first question ended somewhere in the silence before it. A clearly smaller value lets the silence shrink. */
const SILENT_PART = 0.8;
/** A device that slept, or whose clock was set, does not know for how long. */
const LONGEST_GAP_MS = 60_000;

/** A job that runs: when it was accepted, and when it was last said to be pending. */
interface SeenJob {
  readonly acceptedAt: number;
  readonly pendingAt?: number;
}

/** Nothing seen yet. `requestOf`: the request of a generation. */
export function createSeenDurations(
  requestOf: (id: string) => GenerationSnapshot["request"],
  onEvent: (event: GenerationReport) => void,
): SeenDurations {
  const seen = new Map<VideoModelId, readonly number[]>();
  const jobs = new Map<string, SeenJob>();

  const hear = (event: GenerationReport): void => {
    const { id, at, type, effect } = event;
    const [job, model] = [jobs.get(id), requestOf(id)?.model];
    if (type === "job-accepted") jobs.set(id, { acceptedAt: at });
    if (job === undefined || model === undefined) return;
    const isKnown = isTimed(job, event, model);
    if (type === "job-pending" && isKnown) jobs.set(id, { ...job, pendingAt: at });
    else if (type === "job-pending") jobs.delete(id);
    else if (type === "job-finished" && effect === "check-status" && isKnown)
      seen.set(model, [...(seen.get(model) ?? []), durationOf(job, at)].slice(-LAST));
  };

  return {
    tell: (policy) => (context) => policy({ ...context, seenMs: seen.get(context.model) }),
    onEvent(event) {
      hear(event);
      if (event.phase !== "polling") jobs.delete(event.id);
      onEvent(event);
    },
  };
}

/** Whether the time since the last answer can be believed. Before the first question a job may be left alone for long, and end meanwhile. */
function isTimed({ acceptedAt, pendingAt }: SeenJob, { type, at }: GenerationReport, model: VideoModelId): boolean {
  const gapMs = at - (pendingAt ?? acceptedAt);
  const silentMs = pendingAt === undefined ? 2 * getVideoModel(model).expectedMs.p50 : 0;
  const hasEndedInSilence = silentMs > 0 && type === "job-finished";
  return gapMs >= 0 && gapMs <= silentMs + (hasEndedInSilence ? 0 : LONGEST_GAP_MS);
}

/** The middle of the time in which it must have ended. */
function durationOf({ acceptedAt, pendingAt }: SeenJob, at: number): number {
  return Math.max(1, pendingAt === undefined ? SILENT_PART * (at - acceptedAt) : (pendingAt + at) / 2 - acceptedAt);
}
