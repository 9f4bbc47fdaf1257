// Holds a request: asks for a job's status until the job has ended or the time is over. A failed call is asked again at the next
// turn, like a pending one, so nothing else retries it. Knows no provider and no HTTP.
import type { VideoError } from "../errors.ts";
import type { Clock } from "../ports.ts";
import { readThrown } from "./error-response.ts";
import { pause } from "./pause.ts";
import type { ProviderJobAnswer } from "./providers/provider.ts";

/** How long to watch. */
export interface WatchOptions {
  readonly clock: Clock;
  /** Milliseconds. */
  readonly waitMs: number;
  /** Stops the watching early. */
  readonly signal: AbortSignal;
}

/** Milliseconds between the first two calls; the gap grows by half each time, up to the longest. */
const FIRST_GAP_MS = 1000;
const LONGEST_GAP_MS = 5000;

type StatusResult =
  | { readonly ok: true; readonly answer: ProviderJobAnswer }
  | { readonly ok: false; readonly error: VideoError };

/**
 * Returns the end of the job as soon as a call finds it, else the answer of the last call, which is still pending. Throws the error of
 * the last call, and at once an error that is not retryable.
 */
export async function watchJob(
  ask: () => Promise<ProviderJobAnswer>,
  { clock, waitMs, signal }: WatchOptions,
): Promise<ProviderJobAnswer> {
  const endsAt = clock.now() + waitMs;
  let leftMs = waitMs;
  let gapMs = FIRST_GAP_MS;
  let result = await resultOf(ask);
  while (isOpen(result) && leftMs > 0 && !signal.aborted) {
    const pauseMs = Math.min(leftMs, Math.max(gapMs, retryAfterMsOf(result)));
    await pause(pauseMs, clock, signal);
    if (signal.aborted) break;
    // Counted both ways, so that a clock that is set back does not hold the request for ever.
    leftMs = Math.min(leftMs - pauseMs, endsAt - clock.now());
    gapMs = Math.min(gapMs * 1.5, LONGEST_GAP_MS);
    result = await resultOf(ask);
  }
  if (result.ok) return result.answer;
  throw result.error;
}

async function resultOf(ask: () => Promise<ProviderJobAnswer>): Promise<StatusResult> {
  try {
    return { ok: true, answer: await ask() };
  } catch (error) {
    return { ok: false, error: readThrown(error) };
  }
}

function isOpen(result: StatusResult): boolean {
  return result.ok ? result.answer.kind === "pending" : result.error.retryable;
}

function retryAfterMsOf(result: StatusResult): number {
  return result.ok ? 0 : (result.error.retryAfterMs ?? 0);
}
