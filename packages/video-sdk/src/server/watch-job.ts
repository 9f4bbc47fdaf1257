// Waits for the end of a job, with one question at a time to the provider for all requests that wait for the job. A failed question is
// asked again at the next turn, like a pending one. Knows no provider and no HTTP.
//
// Every request waits by timers of its own and shares only what was answered. In workerd nothing of a request goes on once it has ended,
// so a request that waits must never depend on another one: when the one that asks falls silent, the next one asks.
import { VideoError } from "../errors.ts";
import type { Clock } from "../platform-ports.ts";
import type { ProviderJobAnswer } from "./providers/provider.ts";
import { isOpen, retryAfterMsOf, statusResultOf, type StatusResult } from "./status-result.ts";
import { createWaiter, type Waiter, type Wake } from "./waiter.ts";

/** Asks the provider, within 15 s. */
export type AskProvider = (signal: AbortSignal) => Promise<ProviderJobAnswer>;

/** One request that waits. */
export interface WatchOptions {
  /** Milliseconds. 0: for one answer. */
  readonly waitMs: number;
  /** Stops the waiting early. Once no request waits, the question under way is aborted and nothing is asked any more. */
  readonly signal: AbortSignal;
}

/**
 * Returns the end of the job as soon as a question finds it, else the last answer, which is still pending: a request that waits alone asks
 * once more at its end. Throws the error of the last question, and at once an error that is not retryable.
 */
export type WatchJob = (job: string, ask: AskProvider, options: WatchOptions) => Promise<ProviderJobAnswer>;

/** The jobs for which requests wait, in this process. */
export interface WatchedJobs {
  readonly watch: WatchJob;
  /** Answers every request that waits for the job, at once: it was heard to have ended, such as by a webhook. */
  hasEnded(job: string, answer: ProviderJobAnswer): void;
}

/** What a job is watched under. */
export function watchedAs(provider: string, requestId: string): string {
  return JSON.stringify([provider, requestId]);
}

/** Milliseconds between two questions about a job. It grows by half with each question that fails, up to the longest. */
const GAP_MS = 1000;
const LONGEST_GAP_MS = 5000;
/** All jobs together are asked about so often, as far as the longest gap allows: each has 1 s up to 50 jobs, and 5 s from 250 on. */
const QUESTIONS_PER_SECOND = 50;
/** After so long without an answer the request that asks has gone, milliseconds. */
const SILENT_MS = 16_000;

/** What the requests about one job share. */
interface Watch {
  readonly waiters: Set<Waiter>;
  last: StatusResult | undefined;
  /** Epoch milliseconds until which the request that asks counts as alive; 0 while none asks. */
  askedUntil: number;
  /** Aborts the question under way. */
  over: AbortController;
  gapMs: number;
  /** The pause after the last answer, milliseconds, and when it ends, epoch milliseconds. */
  pauseMs: number;
  nextAt: number;
}

/** Builds the watching. Questions are shared by what `job` names, in this process. */
export function createWatchedJobs(clock: Clock): WatchedJobs {
  const watches = new Map<string, Watch>();
  const sharedGapMs = (): number => Math.min(LONGEST_GAP_MS, (watches.size * 1000) / QUESTIONS_PER_SECOND);
  const watchJob: WatchJob = async (job, ask, { waitMs, signal }) => {
    if (signal.aborted) throw new VideoError("unreachable", { cause: "The caller has hung up." });
    const watch = watches.get(job) ?? newWatch();
    const end = (): void => void (watches.get(job) === watch && watches.delete(job));
    const onGone = (): void => {
      if ([...watch.waiters].some((other) => !other.signal.aborted)) return;
      end();
      watch.over.abort();
    };
    const { waiter, leave } = createWaiter({ waitMs, signal, clock, onGone });
    watches.set(job, watch);
    watch.waiters.add(waiter);
    try {
      const result = await follow(watch, waiter, { ask, clock, isPlain: waitMs <= 0, sharedGapMs });
      if (result.ok) return result.answer;
      throw result.error;
    } finally {
      leave();
      watch.waiters.delete(waiter);
      if (watch.waiters.size === 0) end();
    }
  };
  return {
    watch: watchJob,
    hasEnded(job, answer) {
      const watch = watches.get(job);
      if (watch === undefined) return;
      watch.last = { ok: true, answer };
      watch.over.abort();
      wakeAll(watch);
    },
  };
}

function newWatch(): Watch {
  const over = new AbortController();
  return { waiters: new Set(), last: undefined, askedUntil: 0, over, gapMs: GAP_MS, pauseMs: 0, nextAt: 0 };
}

interface Following {
  readonly ask: AskProvider;
  readonly clock: Clock;
  /** Whether one answer will do, which must not be older than the request. */
  readonly isPlain: boolean;
  /** The least gap, milliseconds, for so many jobs as are watched now. */
  readonly sharedGapMs: () => number;
}

async function follow(watch: Watch, waiter: Waiter, following: Following): Promise<StatusResult> {
  const { clock, isPlain } = following;
  let why: Wake = isPlain || watch.last === undefined ? "turn" : "answer";
  for (;;) {
    // Alone, it asks once more. One of several has the last answer, or a crowd would ask at each of its ends.
    if (why === "over" && watch.waiters.size === 1 && !waiter.signal.aborted) why = "turn";
    if (why === "turn" && watch.askedUntil <= clock.now()) {
      await askFor(watch, following);
      why = "answer";
    }
    const { last } = watch;
    const isEnough = why === "over" || (why === "answer" && waiter.isOver());
    if (last !== undefined && (isEnough || (why === "answer" && !isOpen(last)))) return last;
    why = await waiter.sleep(msUntilTurn(watch, clock.now()));
  }
}

async function askFor(watch: Watch, { ask, clock, sharedGapMs }: Following): Promise<void> {
  const over = new AbortController();
  watch.over = over;
  watch.askedUntil = clock.now() + SILENT_MS;
  const result = await statusResultOf(async () => await ask(over.signal));
  // It was heard meanwhile that the job has ended: that stands.
  if (watch.last === undefined || isOpen(watch.last)) watch.last = result;
  watch.askedUntil = 0;
  watch.pauseMs = Math.max(watch.gapMs, sharedGapMs(), retryAfterMsOf(result));
  watch.nextAt = clock.now() + watch.pauseMs;
  watch.gapMs = result.ok ? GAP_MS : Math.min(watch.gapMs * 1.5, LONGEST_GAP_MS);
  wakeAll(watch);
}

function wakeAll({ waiters }: Watch): void {
  for (const waiter of waiters) waiter.wake("answer");
}

// Limited on both sides, for a clock that was set.
function msUntilTurn({ askedUntil, nextAt, pauseMs }: Watch, now: number): number {
  if (askedUntil > now) return Math.min(askedUntil - now, SILENT_MS);
  return Math.min(Math.max(nextAt - now, 0), pauseMs);
}
