// Asks about a job until it has ended or the time is over. Knows no provider and no HTTP.
import { toVideoError, type VideoError } from "../errors.ts";
import type { Clock } from "../ports.ts";
import type { ProviderJobAnswer } from "./providers/provider.ts";

/** How long to watch. */
export interface WatchOptions {
  readonly clock: Clock;
  /** Milliseconds. 0: ask once. */
  readonly waitMs: number;
  /** Stops the watching early. */
  readonly signal: AbortSignal;
}

/** Milliseconds between the first two questions; the gap grows by half each time, up to the longest. */
const FIRST_GAP_MS = 1000;
const LONGEST_GAP_MS = 5000;

type Heard =
  | { readonly isAnswer: true; readonly answer: ProviderJobAnswer }
  | { readonly isAnswer: false; readonly error: VideoError };

/**
 * The job's end as soon as a question finds it, else what the last question came to: an answer that is still pending, or the
 * error, thrown. A question that fails on the way is asked again, unless asking again cannot help.
 */
export async function watchJob(
  ask: () => Promise<ProviderJobAnswer>,
  { clock, waitMs, signal }: WatchOptions,
): Promise<ProviderJobAnswer> {
  const endsAt = clock.now() + waitMs;
  let leftMs = waitMs;
  let gapMs = FIRST_GAP_MS;
  let heard = await hear(ask);
  while (isOpen(heard) && leftMs > 0 && !signal.aborted) {
    const pauseMs = Math.min(leftMs, Math.max(gapMs, adviceOf(heard)));
    await pause(pauseMs, clock, signal);
    if (signal.aborted) break;
    // Counted both ways, so that a clock that is set back does not hold the request for ever.
    leftMs = Math.min(leftMs - pauseMs, endsAt - clock.now());
    gapMs = Math.min(gapMs * 1.5, LONGEST_GAP_MS);
    heard = await hear(ask);
  }
  if (heard.isAnswer) return heard.answer;
  throw heard.error;
}

async function hear(ask: () => Promise<ProviderJobAnswer>): Promise<Heard> {
  try {
    return { isAnswer: true, answer: await ask() };
  } catch (error) {
    return { isAnswer: false, error: toVideoError(error) };
  }
}

function isOpen(heard: Heard): boolean {
  return heard.isAnswer ? heard.answer.kind === "pending" : heard.error.retryable;
}

function adviceOf(heard: Heard): number {
  return heard.isAnswer ? 0 : (heard.error.retryAfterMs ?? 0);
}

async function pause(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = clock.setTimeout(end, ms);
    signal.addEventListener("abort", end);
    function end(): void {
      clock.clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    }
  });
}
