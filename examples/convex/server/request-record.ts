// Convex's record of session requests: a mutation that committed under (sessionId, requestId) runs once, however often it is
// sent. Like the real record it keeps no path, no arguments and no identity, and forgets what threw. The real one keeps 14 days.
import type { JSONValue } from "convex/values";

/** What a committed mutation returned, and when it committed. */
export interface CommittedResult {
  readonly ok: true;
  readonly value: JSONValue;
  readonly ts: bigint;
}

/** A mutation that changed nothing. */
export interface FailedResult {
  readonly ok: false;
  readonly message: string;
  readonly data?: JSONValue;
}

/** Answers a repeated request from the record. */
export interface RequestRecord {
  /** Runs, or answers what an earlier run of this request returned. A repeat that comes too early waits for that run. */
  once(key: string, run: () => Promise<CommittedResult | FailedResult>): Promise<CommittedResult | FailedResult>;
}

/** A record in memory: it lives as long as the database it belongs to. */
export function createRequestRecord(): RequestRecord {
  const committed = new Map<string, CommittedResult>();
  const underWay = new Map<string, Promise<unknown>>();
  return {
    async once(key, run) {
      while (underWay.has(key)) await Promise.allSettled([underWay.get(key)]);
      const recorded = committed.get(key);
      if (recorded !== undefined) return recorded;
      const attempt = run()
        .then((result) => {
          if (result.ok) committed.set(key, result);
          return result;
        })
        .finally(() => underWay.delete(key));
      underWay.set(key, attempt);
      return await attempt;
    },
  };
}
