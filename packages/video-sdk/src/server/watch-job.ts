// Holds requests: asks for a job's status until the job has ended or a request's time is over, with one question to the provider for all
// requests that wait for the job. A failed question is asked again at the next turn, like a pending one, so nothing else retries it. Knows
// no provider and no HTTP.
import type { VideoError } from "../errors.ts";
import type { Clock } from "../ports.ts";
import { readThrown } from "./error-response.ts";
import { pause } from "./pause.ts";
import type { ProviderJobAnswer } from "./providers/provider.ts";

/** Asks the provider once. */
export type AskOnce = (signal: AbortSignal) => Promise<ProviderJobAnswer>;

/** One request that waits. */
export interface WatchOptions {
  /** Milliseconds. */
  readonly waitMs: number;
  /** Stops the waiting early. Once no request waits, nothing is asked any more. */
  readonly signal: AbortSignal;
}

/**
 * Returns the end of the job as soon as a question finds it, else the last answer, which is still pending: a request that waits alone asks
 * once more at its end. Throws the error of the last question, and at once an error that is not retryable.
 */
export type WatchJob = (job: string, ask: AskOnce, options: WatchOptions) => Promise<ProviderJobAnswer>;

/** Milliseconds between the first two questions; the gap grows by half each time, up to the longest. */
const FIRST_GAP_MS = 1000;
const LONGEST_GAP_MS = 5000;

/** Builds the watching. Questions are shared by what `job` names, in this process. */
export function createWatchJob(clock: Clock): WatchJob {
  const watches = new Map<string, Watch>();
  return async (job, ask, options) => {
    const known = watches.get(job);
    const watch = known ?? { waiters: new Set(), over: new AbortController(), resting: undefined };
    const end = (): void => {
      if (watches.get(job) === watch) watches.delete(job);
    };
    watches.set(job, watch);
    const waiting = joinWatch(watch, options, { clock, end });
    if (known === undefined) void runWatch(watch, ask, { clock, end });
    const result = await waiting;
    if (result.ok) return result.answer;
    throw result.error;
  };
}

type StatusResult =
  | { readonly ok: true; readonly answer: ProviderJobAnswer }
  | { readonly ok: false; readonly error: VideoError };

interface Waiter {
  readonly signal: AbortSignal;
  /** Whether its time is over, by a timer or by the wall clock: either may have stood still or jumped. */
  readonly isDue: () => boolean;
  readonly finish: (result: StatusResult) => void;
}

interface Watch {
  readonly waiters: Set<Waiter>;
  /** Aborts the question under way once no request waits for it. */
  readonly over: AbortController;
  /** The last result, and what ends the pause after it. Undefined while the provider is asked. */
  resting: { readonly result: StatusResult; readonly wake: () => void } | undefined;
}

interface WatchContext {
  readonly clock: Clock;
  /** Lets no other request join. */
  readonly end: () => void;
}

async function runWatch(watch: Watch, ask: AskOnce, { clock, end }: WatchContext): Promise<void> {
  for (let gapMs = FIRST_GAP_MS; watch.waiters.size > 0; gapMs = Math.min(gapMs * 1.5, LONGEST_GAP_MS)) {
    const result = await resultOf(async () => await ask(watch.over.signal));
    for (const waiter of watch.waiters) if (!isOpen(result) || waiter.isDue()) waiter.finish(result);
    if (watch.waiters.size === 0) break;
    const woken = new AbortController();
    watch.resting = { result, wake: () => woken.abort() };
    await pause(Math.max(gapMs, retryAfterMsOf(result)), clock, woken.signal);
    watch.resting = undefined;
  }
  end();
}

async function joinWatch(
  watch: Watch,
  { waitMs, signal }: WatchOptions,
  { clock, end }: WatchContext,
): Promise<StatusResult> {
  const endsAt = clock.now() + waitMs;
  let isOver = false;
  return await new Promise((resolve) => {
    const waiter: Waiter = { signal, isDue: () => isOver || clock.now() >= endsAt, finish };
    const timer = clock.setTimeout(() => {
      isOver = true;
      // Alone, it asks once more. One of several has the last answer, or a crowd would ask at each of its ends.
      if (watch.waiters.size === 1) watch.resting?.wake();
      else if (watch.resting !== undefined) finish(watch.resting.result);
    }, waitMs);
    watch.waiters.add(waiter);
    // An aborted signal fires no event.
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave);

    function leave(): void {
      isOver = true;
      if (watch.resting !== undefined) return finish(watch.resting.result);
      if ([...watch.waiters].some((other) => !other.signal.aborted)) return;
      end();
      watch.over.abort();
    }
    function finish(result: StatusResult): void {
      clock.clearTimeout(timer);
      signal.removeEventListener("abort", leave);
      watch.waiters.delete(waiter);
      if (watch.waiters.size === 0) watch.resting?.wake();
      resolve(result);
    }
  });
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
