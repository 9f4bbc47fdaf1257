// Resumes when the app asks for it, and from then on by itself when the app comes back: to the foreground, or online.
import type { Clock, Lifecycle } from "../platform-ports.ts";
import type { Reconcile } from "./reconcile.ts";
import type { Recovery, ResumeOptions } from "./recovery.ts";

/** What resuming on return needs. */
export interface ResumeOnReturnOptions {
  /** Left out: the app is never away. */
  readonly lifecycle: Lifecycle | undefined;
  readonly clock: Clock;
  /** Left out: nothing is stored, so there is nothing to resume. */
  readonly recovery: Pick<Recovery, "resumeAll" | "stop"> | undefined;
  /** Resolves doubts about credits, which time may have made resolvable. */
  readonly reconcile: Pick<Reconcile, "run" | "stop">;
}

/** Resumes at once, and on return. */
export interface ResumeOnReturn {
  /** Resumes, and follows the app's returns from here on. Returns the ids of all it found. */
  resume(options: ResumeOptions): Promise<readonly string[]>;
  /** Stops listening and waiting, here and in what it runs. */
  stop(): void;
}

/** Milliseconds between two times: each reads the storage, and a phone may come and go many times in a minute. */
const LEAST_GAP_MS = 5_000;

/** Listens to nothing before the app's first `resume()`: only the app knows when its user is signed in. */
export function createResumeOnReturn(options: ResumeOnReturnOptions): ResumeOnReturn {
  const { lifecycle, clock, recovery, reconcile } = options;
  let stopListening: (() => void) | undefined;
  let timer: unknown;
  let isAway = false;
  let isStopped = false;
  let lastAt = 0;

  const look = (): void => {
    if (lifecycle?.getPause() !== undefined) isAway = true;
    else if (isAway && timer === undefined) resumeIn(lastAt + LEAST_GAP_MS - clock.now());
  };

  // A clock that was set back makes no longer wait.
  const resumeIn = (waitMs: number): void => {
    if (waitMs <= 0) return resumeNow();
    timer = clock.setTimeout(
      () => {
        timer = undefined;
        // Away again: the next return resumes.
        if (lifecycle?.getPause() === undefined) resumeNow();
      },
      Math.min(waitMs, LEAST_GAP_MS),
    );
  };

  // What fails is for the next return to try again.
  const resumeNow = (): void => {
    isAway = false;
    lastAt = clock.now();
    void resumeAndReconcile().catch(() => undefined);
  };

  const resumeAndReconcile = async (): Promise<void> => {
    await recovery?.resumeAll({});
    if (!isStopped) await reconcile.run();
  };

  const follow = (): void => {
    lastAt = clock.now();
    if (stopListening !== undefined) return;
    stopListening = lifecycle?.subscribe(look) ?? ((): void => undefined);
    look();
  };

  return {
    async resume(resumeOptions) {
      follow();
      return (await recovery?.resumeAll(resumeOptions)) ?? [];
    },
    stop() {
      isStopped = true;
      stopListening?.();
      clock.clearTimeout(timer);
      recovery?.stop();
      reconcile.stop();
    },
  };
}
