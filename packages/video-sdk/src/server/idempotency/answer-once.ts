// Runs a submit once per user and Idempotency-Key; a repeat gets the first answer. Knows no provider and no HTTP. In doubt it refuses:
// better no second answer than a second paid job.
import { fromVideoErrorData, isVideoErrorCode, VideoError, type VideoErrorCode } from "../../errors.ts";
import { readThrown, toErrorData } from "../error-response.ts";
import { tell } from "../server-event.ts";
import { fingerprintOf } from "./fingerprint-of.ts";
import type { IdempotencyRecord, StoredAnswer } from "./idempotency-store.ts";
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

/** A record that cannot be read, such as one of another version of this server, stands for a run all the same: what became of it is unknown. */
function answerAgain(known: IdempotencyRecord, again: IdempotencyRecord): object {
  const { fingerprint, seenAt, answer }: Partial<IdempotencyRecord> = Object(known);
  if (typeof fingerprint !== "string") throw lost("The record of this key cannot be read.");
  if (fingerprint !== again.fingerprint) throw new VideoError("key-reused");
  if (answer) return answerIn(answer);
  const silentMs = Math.abs(again.seenAt - Number(seenAt));
  if (silentMs < LOST_AFTER_MS) throw stillRunning(LOST_AFTER_MS - silentMs);
  throw lost("The first submit under this key ended without an answer.");
}

function answerIn(answer: StoredAnswer): object {
  if (answer.kind === "answered" && isObject(answer.body)) return answer.body;
  if (answer.kind === "failed" && isVideoErrorCode(Object(answer.error).code)) throw fromVideoErrorData(answer.error);
  throw lost("The answer to the first submit under this key cannot be read.");
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function lost(cause: string): VideoError {
  return new VideoError("submission-unknown", { cause });
}

/** The error while a run under the same key goes on. What becomes of it is known after `withinMs` at the latest, or it is heard of again. */
export function stillRunning(withinMs: number): VideoError {
  return new VideoError("already-running", { retryAfterMs: Math.min(RUNNING_RETRY_MS, withinMs) });
}
