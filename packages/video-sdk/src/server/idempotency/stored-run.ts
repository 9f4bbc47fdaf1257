// One run of a submit, as the store and other runs under its key see it: begun before anything is paid for, alive while its process works,
// and ended with an answer. Decides nothing.
import { VideoError } from "../../errors.ts";
import type { Clock } from "../../platform-ports.ts";
import type { AskStore } from "../ask-store.ts";
import { tell, type EventSink } from "../server-event.ts";
import type { IdempotencyRecord, IdempotencyStore, StoredAnswer } from "./idempotency-store.ts";

/** How long an answer is kept, milliseconds. */
export const ANSWER_TTL_MS = 24 * 60 * 60 * 1000;
/** How often a run says that it goes on, milliseconds: twice before it counts as lost. */
const RENEW_EVERY_MS = 10_000;
/** How often at most: a provider that takes longer than three minutes to take a job counts as lost. */
const MOST_RENEWALS = 18;

/** What a run needs. */
export interface StoredRunOptions {
  readonly store: IdempotencyStore;
  readonly clock: Clock;
  readonly askStore: AskStore;
  readonly onEvent?: EventSink | undefined;
}

/** What is stored of a run, and where. */
export interface RunToStore {
  readonly storeKey: string;
  readonly userId: string;
  /** The Idempotency-Key. */
  readonly key: string;
  readonly record: IdempotencyRecord;
}

/** Stores that a run has begun. Returns the record of the run that has the key, if another one has. Throws what promises that nothing was run. */
export async function beginRun(
  run: RunToStore,
  { store, askStore }: StoredRunOptions,
): Promise<IdempotencyRecord | undefined> {
  const { storeKey, record, userId } = run;
  const begun = new Promise<IdempotencyRecord | undefined>((resolve) => {
    resolve(store.begin(storeKey, record, ANSWER_TTL_MS));
  });
  try {
    // Many clients of databases say null for nothing.
    return (await askStore("idempotency", async () => await begun, userId)) ?? undefined;
  } catch (cause) {
    // A record that is stored too late, or whose answer is lost, would stand for a submit that was never run. Only this run's is forgotten.
    const forget = (): unknown => store.forget(storeKey, record.runId);
    begun.then(forget, forget).catch(() => undefined);
    throw new VideoError("provider-unavailable", {
      message: "Submits cannot be recorded right now. Try again.",
      cause,
    });
  }
}

/** Says every ten seconds that a run goes on, until the function that it returns is called. A store that fails is asked again the next time. */
export function keepAlive({ storeKey, userId, record }: RunToStore, options: StoredRunOptions): () => void {
  const { store, clock, askStore } = options;
  let timer: unknown;
  const renewLater = (left: number): void => {
    if (left === 0) return;
    timer = clock.setTimeout(() => {
      renewLater(left - 1);
      const seen = { ...record, seenAt: clock.now() };
      askStore("idempotency", () => store.update(storeKey, seen, ANSWER_TTL_MS), userId).catch(() => undefined);
    }, RENEW_EVERY_MS);
  };
  renewLater(MOST_RENEWALS);
  return () => clock.clearTimeout(timer);
}

/** Keeps the answer of a run; undefined makes its key free. A failing store does not take the answer from the user: later repeats then count as lost. */
export async function endRun(
  run: RunToStore,
  answer: StoredAnswer | undefined,
  options: StoredRunOptions,
): Promise<void> {
  const { storeKey, userId, key, record } = run;
  const { store, askStore, onEvent } = options;
  try {
    await askStore(
      "idempotency",
      () =>
        answer === undefined
          ? store.forget(storeKey, record.runId)
          : store.update(storeKey, { ...record, answer }, ANSWER_TTL_MS),
      userId,
    );
  } catch (cause) {
    tell(onEvent, { type: "answer-not-kept", userId, key, cause });
  }
}
