// What a record keeps of numbered calls, so that each call has the same number after a restart. Types only: a plan without it has none.
/** The numbers of a generation's calls. */
export interface CallNumbers {
  /** A UUID: the session that the numbers belong to. */
  readonly session: string;
  /** By operation: what must be known to number its next call. */
  readonly steps: Readonly<Record<string, NumberedStep>>;
}

/** An operation whose call has, or may have, been sent. */
export interface NumberedStep {
  /** When it was first asked for, in epoch milliseconds. The backend forgets some time after that. */
  readonly firstAt: number;
  /** A hash of what it was asked for then. */
  readonly argsHash: number;
  /** Refusals that were returned so far. Never reset: each has used up a number. */
  readonly refusals: number;
}
