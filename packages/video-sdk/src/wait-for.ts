// A wait that can be left.
import type { Clock } from "./platform-ports.ts";

/** Resolves after so many milliseconds, or as soon as the signal aborts. Leaves no timer and no listener. */
export function waitFor(delayMs: number, { clock, signal }: { clock: Clock; signal: AbortSignal }): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clock.clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = clock.setTimeout(end, delayMs);
    signal.addEventListener("abort", end);
  });
}
