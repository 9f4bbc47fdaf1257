// A wait on the server's clock that a signal can end early. A file of its own, because watching and retrying both wait.
import type { Clock } from "../platform-ports.ts";

/** Waits for `ms`, or until the signal aborts. Never throws; leaves no timer and no listener behind. */
export async function pause(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = clock.setTimeout(end, ms);
    signal.addEventListener("abort", end);
    function end(): void {
      clock.clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    }
  });
}
