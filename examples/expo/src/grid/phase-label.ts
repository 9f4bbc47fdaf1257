// How far a generation is, in words. Makes no number up.
import type { GenerationPhase, GenerationSnapshot } from "@video-engine/video-sdk";

const PHASES: Readonly<Record<GenerationPhase, string>> = {
  uploading: "Uploading",
  "acquiring-slot": "Starting",
  "reserving-credits": "Holding credits",
  "creating-session": "Starting",
  recording: "Starting",
  submitting: "Sending",
  polling: "Rendering",
  saving: "Saving",
  settling: "Finishing",
  completed: "Ready",
  failed: "Failed",
  canceled: "Canceled",
};

const PAUSES: Readonly<Record<NonNullable<GenerationSnapshot["pauseReason"]>, string>> = {
  offline: "Paused: you are offline",
  background: "Paused in the background",
  "not-signed-in": "Paused: sign in to go on",
  "backend-unreachable": "Waiting for the server",
};

/** What it is doing. */
export function phaseLabel({ phase, pauseReason, isCanceling, isSlow }: GenerationSnapshot): string {
  if (isCanceling) return "Canceling";
  if (pauseReason !== undefined) return PAUSES[pauseReason];
  return isSlow && phase === "polling" ? "Taking longer than usual" : PHASES[phase];
}

/** How long videos of this model take, such as `Usually 1 to 3 min`. */
export function usualTime({ p50, p95 }: { readonly p50: number; readonly p95: number }): string {
  const [from, to] = [minutes(p50), minutes(p95)];
  return from === to ? `Usually about ${from} min` : `Usually ${from} to ${to} min`;
}

function minutes(ms: number): number {
  return Math.max(1, Math.round(ms / 60_000));
}
