// Works out from the balance which holds in doubt exist. Pure. Valid only while no other device moves this user's credits and no call is
// still on its way; the caller makes sure of both.

/** A hold that may exist. */
export interface Doubt {
  readonly id: string;
  /** Whole credits. */
  readonly credits: number;
}

/** The finding about one hold: still reserved, or not. */
export interface DoubtFinding {
  readonly id: string;
  readonly isHeld: boolean;
}

/** No mutation lands later than this after it was sent: the server ends one after 60 s and drops a silent client after 120 s. */
export const QUIET_MS = 120_000;
/** With more doubts than this, a sum cannot tell them apart. */
const MOST_DOUBTS = 12;

/** Which doubts are held, when the reserved sum allows exactly one answer; otherwise undefined. */
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
