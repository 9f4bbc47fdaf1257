// The port for keeping answers to submits, so that a repeated submit is answered and not run again. Types only.
import type { VideoErrorData } from "../../errors.ts";

/** The answer to a submit. Plain data, so that a store may keep it as JSON. */
export type StoredAnswer =
  | { readonly kind: "answered"; readonly body: object }
  | { readonly kind: "failed"; readonly error: VideoErrorData };

/** What a store keeps under a key. Plain data. */
export interface IdempotencyRecord {
  /** Names the run of the submit, of all that were ever begun. Only the run that has a key changes its record. */
  readonly runId: string;
  /** A hash of the request. The same key with another request is refused. */
  readonly fingerprint: string;
  /** When its process has last said that it runs, epoch milliseconds by the clock of that process. */
  readonly seenAt: number;
  /** Missing while the submit is running, and for good when its process has died. */
  readonly answer?: StoredAnswer;
}

/**
 * Keeps records for a time. Several instances of a server must share one, and it must outlive them; otherwise a submit that reaches
 * another instance, or comes after a restart, runs twice. `redisStores` is one.
 *
 * Each method is one step of the store, because a client may send it twice (its answer was lost) or late (it was waiting for the
 * connection): a second time, or after another run has taken the key, it changes nothing. `idempotencyStoreContract` of `./testing`
 * checks a store.
 */
export interface IdempotencyStore {
  /**
   * Stores the record unless another run has the key. Of several runs at the same time exactly one gets undefined, each time it asks;
   * all others get the stored record.
   */
  begin(key: string, record: IdempotencyRecord, ttlMs: number): Promise<IdempotencyRecord | undefined>;
  /** Replaces the run's own record, or stores one that is gone. Changes no record of another run, and takes no answer away. */
  update(key: string, record: IdempotencyRecord, ttlMs: number): Promise<void>;
  /** Removes the record of this run, if it has the key. */
  forget(key: string, runId: string): Promise<void>;
}
