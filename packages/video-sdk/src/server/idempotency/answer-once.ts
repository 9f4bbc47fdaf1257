// Runs a submit once per user and Idempotency-Key; a repeat gets the first answer. Knows no provider and no HTTP. In doubt it refuses:
// better no second answer than a second paid job.
import { fromVideoErrorData, VideoError, type VideoErrorCode } from "../../errors.ts";
import type { Clock } from "../../ports.ts";
import { readThrown, toErrorData } from "../error-response.ts";
import { tell, type EventSink } from "../server-event.ts";
import type { WaitFor } from "../wait-limits.ts";
import { fingerprintOf } from "./fingerprint-of.ts";
import type { IdempotencyRecord, IdempotencyStore, StoredAnswer } from "./idempotency-store.ts";

/** A submit that may be repeated. */
export interface RepeatableSubmit {
  /** The Idempotency-Key. Undefined: there is none, and every submit is run. */
  readonly key: string | undefined;
  readonly userId: string;
  /** What two submits with the same key are compared by: any JSON. */
  readonly request: unknown;
}

/** What {@link createAnswerOnce} needs. */
export interface AnswerOnceOptions {
  readonly store: IdempotencyStore;
  readonly clock: Clock;
  readonly waitFor: WaitFor;
  readonly onEvent?: EventSink | undefined;
}

/**
 * Runs `work` unless it was run before. `work` must throw {@link VideoError} with `submission-unknown` where a job may exist. Once it has
 * called `takeKey`, the key is never free again: every error is kept and answered again, also one that says that there is no job.
 */
export type AnswerOnce = (submit: RepeatableSubmit, work: (takeKey: () => void) => Promise<object>) => Promise<object>;

/** How long an answer is kept, milliseconds. */
export const ANSWER_TTL_MS = 24 * 60 * 60 * 1000;
/** A submit without an answer for this long counts as lost: its process has died. Longer than a submit may take, milliseconds. */
export const ABANDONED_AFTER_MS = 3 * 60 * 1000;
/** When to retry while the first submit is still running, milliseconds. */
const RUNNING_RETRY_MS = 5000;

/** Errors after which a job may exist. They are kept and answered again; every other error frees the key. */
const KEPT_ERRORS: ReadonlySet<VideoErrorCode> = new Set(["submission-unknown", "internal"]);

/** Builds the function over a store. */
export function createAnswerOnce({ store, clock, waitFor, onEvent }: AnswerOnceOptions): AnswerOnce {
  return async ({ key, userId, request }, work) => {
    let isTaken = false;
    const takeKey = (): void => void (isTaken = true);
    if (key === undefined) return await work(takeKey);
    const storeKey = JSON.stringify([userId, key]);
    const record = { fingerprint: await fingerprintOf(request), startedAt: clock.now() };
    const known = await begin(storeKey, record, { store, waitFor });
    if (known !== undefined) {
      const body = answerAgain(known, record);
      tell(onEvent, { type: "submit-repeated", userId, key });
      return body;
    }
    // A failing store does not take the answer from the user. Later repeats of the submit then count as lost.
    const keep = async (answer: StoredAnswer | undefined): Promise<void> => {
      try {
        await waitFor("store", async () => {
          await (answer ? store.complete(storeKey, { ...record, answer }, ANSWER_TTL_MS) : store.forget(storeKey));
        });
      } catch (cause) {
        tell(onEvent, { type: "answer-not-kept", userId, key, cause });
      }
    };
    try {
      const body = await work(takeKey);
      await keep({ kind: "answered", body });
      return body;
    } catch (cause) {
      const error = readThrown(cause);
      const isKept = isTaken || KEPT_ERRORS.has(error.code);
      await keep(isKept ? { kind: "failed", error: toErrorData(error) } : undefined);
      throw error;
    }
  };
}

async function begin(
  key: string,
  record: IdempotencyRecord,
  { store, waitFor }: Pick<AnswerOnceOptions, "store" | "waitFor">,
): Promise<IdempotencyRecord | undefined> {
  const begun = new Promise<IdempotencyRecord | undefined>((resolve) => {
    resolve(store.begin(key, record, ANSWER_TTL_MS));
  });
  try {
    return await waitFor("store", async () => await begun);
  } catch (cause) {
    // A record that is stored too late would stand for a submit that was never run.
    begun.then((known) => (known === undefined ? store.forget(key) : undefined)).catch(() => undefined);
    throw new VideoError("provider-unavailable", {
      message: "Submits cannot be recorded right now. Try again.",
      cause,
    });
  }
}

function answerAgain({ fingerprint, startedAt, answer }: IdempotencyRecord, again: IdempotencyRecord): object {
  if (fingerprint !== again.fingerprint) throw new VideoError("key-reused");
  if (answer?.kind === "answered") return answer.body;
  if (answer?.kind === "failed") throw fromVideoErrorData(answer.error);
  if (again.startedAt - startedAt < ABANDONED_AFTER_MS) {
    throw new VideoError("already-running", { retryAfterMs: RUNNING_RETRY_MS });
  }
  throw new VideoError("submission-unknown", { cause: "The first submit under this key ended without an answer." });
}
