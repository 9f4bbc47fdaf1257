// Where the answers to submits are kept, as a port: so that a submit which is sent again is answered and not done again. Types only.
import type { VideoErrorData } from "../../errors.ts";

/** What a submit was answered with. Plain data, so that a store may keep it as JSON. */
export type StoredAnswer =
  | { readonly kind: "answered"; readonly body: object }
  | { readonly kind: "failed"; readonly error: VideoErrorData };

/** What is known under a key. Plain data. */
export interface IdempotencyRecord {
  /** A hash of the request: the same key for another request is refused. */
  readonly fingerprint: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Missing while the first submit is under way, and for good where its process died. */
  readonly answer?: StoredAnswer;
}

/**
 * Keeps records for a time. Several instances of a server must share one, or a submit that reaches another instance is done twice.
 * Redis (7 or later): `SET key record NX GET PX ttlMs`, `SET key record PX ttlMs`, `DEL key`.
 */
export interface IdempotencyStore {
  /**
   * Stores the record unless there is one, in one step: of many callers at the same time exactly one gets undefined, and all others
   * get the record that was there.
   */
  begin(key: string, record: IdempotencyRecord, ttlMs: number): Promise<IdempotencyRecord | undefined>;
  /** Replaces the record. */
  complete(key: string, record: IdempotencyRecord, ttlMs: number): Promise<void>;
  /** Removes the record, if there is one. */
  forget(key: string): Promise<void>;
}
