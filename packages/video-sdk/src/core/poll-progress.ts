// What is known of the questions about a job: part of the states that ask. Types only.

/** The progress of the questions about a job. */
export interface PollProgress {
  /** Answers so far. */
  readonly answers: number;
  /** Questions in a row without an answer. */
  readonly misses: number;
  /** The number of the last question. Never decreases, even across a restart. */
  readonly questionsSent: number;
  /** The last question is still in flight. */
  readonly isAsking: boolean;
  /** Consecutive "not found" answers for the job, and since which age of it. */
  readonly lost: { readonly count: number; readonly since: number } | undefined;
  /** Fresh pending answers past the hard limit, and the job's age when the last one counted. */
  readonly overdue: { readonly count: number; readonly at: number } | undefined;
  /** The last answer, where it was a refusal, and the job's age when it first came. Believed after an equal one to a later question. */
  readonly refusal?: { readonly status: number; readonly text: string; readonly ageMs: number } | undefined;
  /** The cancel of an overdue job was answered with "already ended". Believed once: if the job is still pending, the next cancel gives it up. */
  readonly isSaidToHaveEnded: boolean;
  /** The number of the last cancel. Never decreases, even across a restart. */
  readonly cancelsSent: number;
  /** How often the user's cancel was sent since the app started. A lost one is sent again with the next question. */
  readonly cancelTries: number;
  readonly isCancelAnswered: boolean;
  /** The number of the last write of the job's id to the row. */
  readonly attachesSent: number;
  /** The last question was refused because no user is signed in. */
  readonly isSignedOut: boolean;
  /** Whatever wakes it, nothing is asked before this time. */
  readonly notBefore: number;
  /** It was woken while the last question was out, whose answer may be older than the news. */
  readonly isWoken?: true | undefined;
  /** The job's age in milliseconds, and up to when it is counted. Counted in steps, so that a clock set back does not lower it. */
  readonly activeMs: number;
  readonly countedAt: number;
  /** The wait before the next question, in milliseconds: a timer's, so it is time that really passes. Absent in older records. */
  readonly waitMs?: number | undefined;
}
