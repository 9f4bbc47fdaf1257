// How long to wait before the next attempt. Pure: the random number is an argument.

/** The shape of a delay. Milliseconds. */
export interface Backoff {
  readonly firstMs: number;
  readonly maxMs: number;
}

/**
 * Exponential delay with jitter: between half and all of `firstMs * 2^(attempt - 1)`, at most `maxMs`.
 * The server's advice (Retry-After) is the floor, up to ten minutes.
 */
export function backoffMs(
  backoff: Backoff,
  at: { attempt: number; random: number; hintMs?: number | undefined },
): number {
  const full = Math.min(backoff.maxMs, backoff.firstMs * 2 ** Math.min(at.attempt - 1, 30));
  const jittered = full * (0.5 + at.random / 2);
  return Math.round(Math.max(jittered, hintFloorMs(at.hintMs)));
}

/** Longer advice is cut to this: a garbled header must not park a paid job for years. */
export const MAX_HINT_MS = 600_000;

/** The shortest wait that the server's advice allows: 0 without usable advice, at most ten minutes. */
export function hintFloorMs(hintMs: number | undefined): number {
  return hintMs !== undefined && hintMs > 0 ? Math.min(hintMs, MAX_HINT_MS) : 0;
}
