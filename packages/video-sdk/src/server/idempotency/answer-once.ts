// Runs a submit once per user and Idempotency-Key; a repeat gets the first answer. Knows no provider and no HTTP. In doubt it refuses:
// better no second answer than a second paid job.
import { fromVideoErrorData, VideoError, type VideoErrorCode } from "../../errors.ts";
import { readThrown, toErrorData } from "../error-response.ts";
import { tell } from "../server-event.ts";
import { fingerprintOf } from "./fingerprint-of.ts";
import type { IdempotencyRecord } from "./idempotency-store.ts";
import { beginRun, endRun, keepAlive, type StoredRunOptions } from "./stored-run.ts";

/** A submit that may be repeated. */
export interface RepeatableSubmit {
  /** The Idempotency-Key. Undefined: there is none, and every submit is run. */
  readonly key: string | undefined;
  readonly userId: string;
  /** What two submits with the same key are compared by: any JSON. */
  readonly request: unknown;
}

/**
 * Runs `work` unless it was run before. `work` must throw {@link VideoError} with `submission-unknown` where a job may exist. Once it has
 * called `takeKey`, the key is never free again: every error is kept and answered again, also one that says that there is no job.
 */
export type AnswerOnce = (submit: RepeatableSubmit, work: (takeKey: () => void) => Promise<object>) => Promise<object>;

/**
 * A run whose process has not said for so long that it goes on counts as lost, milliseconds: the process was killed. Its job may exist, so
 * nothing is run again. Instances compare it by their own clocks, which must not differ by much of it.
 */
export const LOST_AFTER_MS = 30_000;
/** When to ask again while the first submit is still running, milliseconds. */
const RUNNING_RETRY_MS = 5000;

/** Errors after which a job may exist. They are kept and answered again; every other error frees the key. */
const KEPT_ERRORS: ReadonlySet<VideoErrorCode> = new Set(["submission-unknown", "internal"]);

/** Builds the function over a store. */
export function createAnswerOnce(options: StoredRunOptions): AnswerOnce {
  const { clock, onEvent } = options;
  return async ({ key, userId, request }, work) => {
    let isTaken = false;
    const takeKey = (): void => void (isTaken = true);
    if (key === undefined) return await work(takeKey);
    const fingerprint = await fingerprintOf(request);
    const record = { runId: crypto.randomUUID(), fingerprint, seenAt: clock.now() };
    const run = { storeKey: JSON.stringify([userId, key]), userId, key, record };
    const known = await beginRun(run, options);
    if (known !== undefined) {
      const body = answerAgain(known, record);
      tell(onEvent, { type: "submit-repeated", userId, key });
      return body;
    }
    const rest = keepAlive(run, options);
    try {
      const body = await work(takeKey).finally(rest);
      await endRun(run, { kind: "answered", body }, options);
      return body;
    } catch (cause) {
      const error = readThrown(cause);
      const isKept = isTaken || KEPT_ERRORS.has(error.code);
      await endRun(run, isKept ? { kind: "failed", error: toErrorData(error) } : undefined, options);
      throw error;
    }
  };
}

function answerAgain({ fingerprint, seenAt, answer }: IdempotencyRecord, again: IdempotencyRecord): object {
  if (fingerprint !== again.fingerprint) throw new VideoError("key-reused");
  if (answer?.kind === "answered") return answer.body;
  if (answer?.kind === "failed") throw fromVideoErrorData(answer.error);
  const silentMs = Math.abs(again.seenAt - seenAt);
  if (silentMs < LOST_AFTER_MS) throw stillRunning(LOST_AFTER_MS - silentMs);
  throw new VideoError("submission-unknown", { cause: "The first submit under this key ended without an answer." });
}

/** The error while a run under the same key goes on. What becomes of it is known after `withinMs` at the latest, or it is heard of again. */
export function stillRunning(withinMs: number): VideoError {
  return new VideoError("already-running", { retryAfterMs: Math.min(RUNNING_RETRY_MS, withinMs) });
}
