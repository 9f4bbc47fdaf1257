// The port for keeping answers to submits, so that a repeated submit is answered and not run again. Types only.
import type { VideoErrorData } from "../../errors.ts";

/** The answer to a submit. Plain data, so that a store may keep it as JSON. */
export type StoredAnswer =
  | { readonly kind: "answered"; readonly body: object }
  | { readonly kind: "failed"; readonly error: VideoErrorData };

/** What a store keeps under a key. Plain data. */
export interface IdempotencyRecord {
  /** A hash of the request. The same key with another request is refused. */
  readonly fingerprint: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Missing while the first submit is running, and for good when its process has died. */
  readonly answer?: StoredAnswer;
}

/**
 * Keeps records for a time. Several instances of a server must share one; otherwise a submit that reaches another instance runs twice.
 * Redis (7 or later): `SET key record NX GET PX ttlMs`, `SET key record PX ttlMs`, `DEL key`.
 */
export interface IdempotencyStore {
  /**
   * Stores the record unless there is one, in one step. Of several callers at the same time exactly one gets undefined; all others
   * get the stored record.
   */
  begin(key: string, record: IdempotencyRecord, ttlMs: number): Promise<IdempotencyRecord | undefined>;
  /** Replaces the record. */
  complete(key: string, record: IdempotencyRecord, ttlMs: number): Promise<void>;
  /** Removes the record, if there is one. */
  forget(key: string): Promise<void>;
}
