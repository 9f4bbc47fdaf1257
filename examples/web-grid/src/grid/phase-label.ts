// Where a generation is, in the words of the page. Pure.
import type { GenerationPhase, GenerationSnapshot } from "@video-engine/video-sdk";

const LABELS: Readonly<Record<GenerationPhase, string>> = {
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

/** What to say of a generation now. */
export function phaseLabel({ phase, pauseReason, isCanceling, isSlow }: GenerationSnapshot): string {
  if (isCanceling && phase !== "canceled") return "Canceling";
  if (pauseReason !== undefined) return PAUSES[pauseReason];
  return isSlow && phase === "polling" ? "Taking longer than usual" : LABELS[phase];
}
