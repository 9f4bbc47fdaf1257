// How long to wait before trying again. Pure; chance is an argument.

/** What shapes a delay. All milliseconds. */
export interface Backoff {
  readonly firstMs: number;
  readonly maxMs: number;
}

/**
 * Exponential delay with jitter: between half and all of `firstMs * 2^(attempt - 1)`, at most `maxMs`.
 * The other side's own advice is the floor; it is obeyed up to ten minutes.
 */
export function backoffMs(
  backoff: Backoff,
  at: { attempt: number; random: number; hintMs?: number | undefined },
): number {
  const full = Math.min(backoff.maxMs, backoff.firstMs * 2 ** Math.min(at.attempt - 1, 30));
  const jittered = full * (0.5 + at.random / 2);
  return Math.round(Math.max(jittered, hintFloorMs(at.hintMs)));
}

/** Longer advice than this is not believed: a garbled header must not park a paid job for years. */
export const MAX_HINT_MS = 600_000;

/** What the other side's advice asks for at the least: nothing where it gave none or no number, ten minutes where it asks for more. */
export function hintFloorMs(hintMs: number | undefined): number {
  return hintMs !== undefined && hintMs > 0 ? Math.min(hintMs, MAX_HINT_MS) : 0;
}
