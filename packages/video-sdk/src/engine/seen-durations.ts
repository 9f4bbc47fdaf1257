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
/** A device that slept knows only that the job has ended meanwhile. */
const LONGEST_GAP_MS = 60_000;

/** Nothing seen yet. `requestOf`: the request of a generation. */
export function createSeenDurations(
  requestOf: (id: string) => GenerationSnapshot["request"],
  onEvent: (event: GenerationReport) => void,
): SeenDurations {
  const seen = new Map<VideoModelId, readonly number[]>();
  /** When jobs that run were accepted, and when they were last said to be pending. */
  const jobs = new Map<string, { readonly acceptedAt: number; readonly pendingAt?: number }>();

  const learn = (id: string, at: number): void => {
    const [job, model] = [jobs.get(id), requestOf(id)?.model];
    const durationMs = job && model && durationOf(job, at, 2 * getVideoModel(model).expectedMs.p50);
    if (durationMs === undefined || model === undefined) return;
    seen.set(model, [...(seen.get(model) ?? []), durationMs].slice(-LAST));
  };

  return {
    tell: (policy) => (context) => policy({ ...context, seenMs: seen.get(context.model) }),
    onEvent(event) {
      const { type, id, at, effect, phase } = event;
      const job = jobs.get(id);
      if (type === "job-accepted") jobs.set(id, { acceptedAt: at });
      else if (type === "job-pending" && job !== undefined) jobs.set(id, { ...job, pendingAt: at });
      else if (type === "job-finished" && effect === "check-status") learn(id, at);
      if (phase !== "polling") jobs.delete(id);
      onEvent(event);
    },
  };
}

/** The middle of the time in which it must have ended. Undefined: too little is known. */
function durationOf(
  { acceptedAt, pendingAt }: { readonly acceptedAt: number; readonly pendingAt?: number },
  at: number,
  longestSilenceMs: number,
): number | undefined {
  const gapMs = at - (pendingAt ?? acceptedAt);
  if (gapMs < 0 || gapMs > (pendingAt === undefined ? longestSilenceMs : LONGEST_GAP_MS)) return undefined;
  return Math.max(1, pendingAt === undefined ? SILENT_PART * gapMs : pendingAt - acceptedAt + gapMs / 2);
}
