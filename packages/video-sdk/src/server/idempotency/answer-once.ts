// A submit with an Idempotency-Key is done once per user and key: the same again gets the first answer. Knows no provider and no
// HTTP. Errs on one side only: rather no second answer than a second paid job.
import { fromVideoErrorData, toVideoError, VideoError, type VideoErrorCode } from "../../errors.ts";
import type { Clock } from "../../ports.ts";
import { tell, type VideoServerListener } from "../server-event.ts";
import { fingerprintOf } from "./fingerprint-of.ts";
import type { IdempotencyRecord, IdempotencyStore, StoredAnswer } from "./idempotency-store.ts";

/** A submit that may come again. */
export interface RepeatableSubmit {
  /** What the caller named it. Undefined: it named it nothing, and is answered every time anew. */
  readonly key: string | undefined;
  readonly userId: string;
  /** What is compared between two submits with the same key. */
  readonly request: object;
}

/** What it needs. */
export interface AnswerOnceOptions {
  readonly store: IdempotencyStore;
  readonly clock: Clock;
  readonly onEvent?: VideoServerListener | undefined;
}

/** Does the work unless it was done. `work` must throw {@link VideoError} with `submission-unknown` where a job may exist. */
export type AnswerOnce = (submit: RepeatableSubmit, work: () => Promise<object>) => Promise<object>;

/** How long an answer is kept, milliseconds. */
export const ANSWER_TTL_MS = 24 * 60 * 60 * 1000;
/** After this a submit without an answer counts as lost: its process is gone. Longer than a submit may take, milliseconds. */
export const ABANDONED_AFTER_MS = 3 * 60 * 1000;
/** When to ask again while the first is under way, milliseconds. */
const RUNNING_RETRY_MS = 5000;

/** Errors that leave it open whether a job exists. They are kept and answered again; every other one frees the key. */
const KEPT_ERRORS: ReadonlySet<VideoErrorCode> = new Set(["submission-unknown", "internal"]);

/** Builds it. */
export function createAnswerOnce({ store, clock, onEvent }: AnswerOnceOptions): AnswerOnce {
  return async ({ key, userId, request }, work) => {
    if (key === undefined) return await work();
    const storeKey = JSON.stringify([userId, key]);
    const record = { fingerprint: await fingerprintOf(request), startedAt: clock.now() };
    const known = await begin(store, storeKey, record);
    if (known !== undefined) {
      const body = answerAgain(known, record);
      tell(onEvent, { type: "submit-repeated", userId });
      return body;
    }
    // The user has an answer, whatever the store makes of it. Without one it calls the submit lost, later.
    const keep = async (answer: StoredAnswer | undefined): Promise<void> => {
      try {
        await (answer ? store.complete(storeKey, { ...record, answer }, ANSWER_TTL_MS) : store.forget(storeKey));
      } catch (cause) {
        tell(onEvent, { type: "answer-not-kept", userId, cause });
      }
    };
    try {
      const body = await work();
      await keep({ kind: "answered", body });
      return body;
    } catch (cause) {
      const error = toVideoError(cause);
      await keep(KEPT_ERRORS.has(error.code) ? { kind: "failed", error: error.toJSON() } : undefined);
      throw error;
    }
  };
}

async function begin(
  store: IdempotencyStore,
  key: string,
  record: IdempotencyRecord,
): Promise<IdempotencyRecord | undefined> {
  try {
    return await store.begin(key, record, ANSWER_TTL_MS);
  } catch (cause) {
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
