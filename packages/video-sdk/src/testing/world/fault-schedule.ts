// What goes wrong, and at which call. Data, so that a run can be had again.

/**
 * What happens to one call. `request-lost`: it never ran. `answer-lost`: it ran, and nobody heard. `lands-late`: nobody heard, and it runs
 * long after (a storage writes at once). `refused`: it certainly did not run. `crash-before` and `crash-after`: the process dies before
 * the call leaves, or after it ran and before its answer is heard.
 */
export type WorldFault = "request-lost" | "answer-lost" | "lands-late" | "refused" | "crash-before" | "crash-after";

/** Every kind of fault. */
export const WORLD_FAULTS: readonly WorldFault[] = [
  "request-lost",
  "answer-lost",
  "lands-late",
  "refused",
  "crash-before",
  "crash-after",
];

/** Faults by the number of the call they meet, counted from 0 over all calls to ledger, provider and storage. */
export type FaultSchedule = ReadonlyMap<number, WorldFault>;

/** A time in which every call of a kind meets the same fault. Milliseconds since the world began. */
export interface Outage {
  readonly fromMs: number;
  readonly untilMs: number;
  /** How the names of the calls begin, such as `ledger` or `api.status`. */
  readonly calls: string;
  readonly fault: WorldFault;
}

/** A call that was made, and the fault it met. */
export interface TracedCall {
  readonly index: number;
  /** Such as `ledger.reserveCredits`. */
  readonly name: string;
  readonly fault: WorldFault | undefined;
}
