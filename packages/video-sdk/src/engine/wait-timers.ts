// The timers of one generation, one per wait key. A timer that ends during a pause is held back until the pause is over, or, offline, until
// it is time to see whether that is true. Knows no state.
import type { WaitKey } from "../core/effect.ts";
import type { Clock, PauseReason } from "../ports.ts";
import type { DoubtedLifecycle } from "./doubted-lifecycle.ts";

/** Milliseconds after which "offline" is doubted, and again after that: rare enough for a battery, soon enough for a video that is paid for. */
const PROBE_AFTER_MS = 60_000;

/** Timers by wait key. */
export interface WaitTimers {
  /** Waits until a time (epoch milliseconds), replacing an earlier wait under the same key. */
  start(key: WaitKey, until: number): void;
  /** Fires the waits that were held back, where the pause allows it now. */
  release(): void;
  /** Stops all waits. */
  stop(): void;
}

/** Options of `createWaitTimers`. */
export interface WaitTimersOptions {
  readonly clock: Clock;
  /** Left out: there are no pauses. */
  readonly lifecycle: Pick<DoubtedLifecycle, "getPause" | "probe"> | undefined;
  /** Called once for each wait, when it is over. */
  onElapsed(key: WaitKey): void;
}

/** Timers over a clock. */
export function createWaitTimers({ clock, lifecycle, onElapsed }: WaitTimersOptions): WaitTimers {
  const getPause = (): PauseReason | undefined => lifecycle?.getPause();
  const timers = new Map<WaitKey, unknown>();
  const heldBack = new Set<WaitKey>();

  // In the background the books are still settled; questions about a job wait until the user is back.
  const mayAsk = (key: WaitKey): boolean => {
    const pause = getPause();
    return pause === undefined || (pause === "background" && key !== "poll");
  };

  const wait = (key: WaitKey, delayMs: number, run: (key: WaitKey) => void): void => {
    clock.clearTimeout(timers.get(key));
    timers.set(
      key,
      clock.setTimeout(() => {
        timers.delete(key);
        run(key);
      }, delayMs),
    );
  };

  const elapsed = (key: WaitKey): void => {
    if (mayAsk(key)) return letGo(key);
    heldBack.add(key);
    if (getPause() === "offline" && !timers.has(key)) wait(key, PROBE_AFTER_MS, doubt);
  };

  const letGo = (key: WaitKey): void => {
    clock.clearTimeout(timers.get(key));
    timers.delete(key);
    heldBack.delete(key);
    onElapsed(key);
  };

  // A question about a job costs nothing, so it goes out. Other calls have a limited number of tries, or move credits.
  const doubt = (key: WaitKey): void => {
    if (getPause() === "offline" && key === "poll") return letGo(key);
    if (getPause() === "offline") void lifecycle?.probe();
    elapsed(key);
  };

  return {
    start(key, until) {
      heldBack.delete(key);
      wait(key, Math.max(0, until - clock.now()), elapsed);
    },
    release() {
      for (const key of [...heldBack]) if (heldBack.has(key)) elapsed(key);
    },
    stop() {
      for (const timer of timers.values()) clock.clearTimeout(timer);
      timers.clear();
      heldBack.clear();
    },
  };
}
