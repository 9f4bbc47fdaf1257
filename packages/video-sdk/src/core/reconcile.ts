// Reconciled: what the balance says about holds whose outcome is not known. Pure. Right only while nobody else moves this user's credits,
// and after every call that could still land has landed; its caller sees to that.

/** A hold that may be there. */
export interface Doubt {
  readonly id: string;
  /** Whole credits. */
  readonly credits: number;
}

/** What has become of it: still reserved, or not. */
export interface DoubtFinding {
  readonly id: string;
  readonly isHeld: boolean;
}

/** No mutation can land later than this after it was sent: the server ends one after 60 s and drops a silent client after 120 s. */
export const QUIET_MS = 120_000;
/** With more doubts than this there is no telling them apart by a sum. */
const MOST_DOUBTS = 12;

/** Which of the doubts are held, when the sum of the reserved credits allows exactly one answer; undefined when it does not. */
export function reconcile(doubts: readonly Doubt[], reserved: number): readonly DoubtFinding[] | undefined {
  if (doubts.length > MOST_DOUBTS) return undefined;
  const fitting: number[] = [];
  for (let subset = 0; subset < 2 ** doubts.length; subset++) {
    if (sumOf(doubts, subset) === reserved) fitting.push(subset);
  }
  const [only, ...others] = fitting;
  if (only === undefined || others.length > 0) return undefined;
  return doubts.map(({ id }, index) => ({ id, isHeld: isIn(only, index) }));
}

function sumOf(doubts: readonly Doubt[], subset: number): number {
  return doubts.reduce((sum, { credits }, index) => (isIn(subset, index) ? sum + credits : sum), 0);
}

function isIn(subset: number, index: number): boolean {
  return Math.floor(subset / 2 ** index) % 2 === 1;
}
