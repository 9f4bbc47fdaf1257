// The progress of a generation, from what is known only. Pure: a UI that ticks calls it with its own time.
import { factsOf } from "../core/model-facts.ts";
import type { GenerationPhase, GenerationSnapshot } from "../core/snapshot.ts";

/** The progress of a generation. Times are milliseconds. */
export interface GenerationProgress {
  readonly phase: GenerationPhase;
  /** From 0 to 1. Undefined when nothing is known: show an indeterminate progress. */
  readonly fraction: number | undefined;
  /** Where the fraction comes from: bytes that were sent, or the share of this model's videos that are done after this time. */
  readonly basis: "bytes" | "expected-time" | undefined;
  /** Since the provider accepted the job. Undefined before that, and where no time was given. */
  readonly renderingMs: number | undefined;
  /** Times after which half, and 95 of 100, of this model's videos are done. Undefined for a request that named no model; a guess for one that nothing is known of. */
  readonly expectedMs: { readonly p50: number; readonly p95: number } | undefined;
  readonly upload: GenerationSnapshot["upload"];
}

/** The progress of a generation at a time (epoch milliseconds). Without a time: only what needs none. */
export function progressOf(snapshot: GenerationSnapshot, now?: number): GenerationProgress {
  const { phase, acceptedAt, model, modelFacts, upload } = snapshot;
  const expectedMs = model === undefined ? undefined : factsOf({ model, modelFacts }).expectedMs;
  const renderingMs = now === undefined || acceptedAt === undefined ? undefined : Math.max(0, now - acceptedAt);
  const sent = phase === "uploading" ? sentShare(upload) : undefined;
  const usual = phase === "polling" ? usualShare(renderingMs, expectedMs) : undefined;
  return {
    phase,
    fraction: phase === "completed" ? 1 : (sent ?? usual),
    basis: sent === undefined ? (usual === undefined ? undefined : "expected-time") : "bytes",
    renderingMs,
    expectedMs,
    upload,
  };
}

function sentShare(upload: GenerationSnapshot["upload"]): number | undefined {
  if (upload?.totalBytes === undefined || upload.totalBytes <= 0) return undefined;
  return Math.min(1, upload.sentBytes / upload.totalBytes);
}

/** 0.5 at p50 and 0.95 at p95, linear between. Undefined after that. */
function usualShare(ms: number | undefined, expected: GenerationProgress["expectedMs"]): number | undefined {
  if (ms === undefined || expected === undefined || ms > expected.p95) return undefined;
  const { p50, p95 } = expected;
  return ms <= p50 ? (0.5 * ms) / p50 : 0.5 + (0.45 * (ms - p50)) / (p95 - p50);
}
