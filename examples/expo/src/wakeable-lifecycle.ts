// The lifecycle of the app, which a background task can wake: while the task runs, the engine asks about its jobs as in the foreground.
import type { EnginePlatform } from "@video-engine/video-sdk";

type Lifecycle = NonNullable<EnginePlatform["lifecycle"]>;

export interface WakeableLifecycle extends Lifecycle {
  /** Does some work during which the app does not count as in the background. */
  whileAwake<T>(work: () => Promise<T>): Promise<T>;
}

/** `given`: the platform's own lifecycle. Use it as `{ ...platform, lifecycle: wakeableLifecycle(platform.lifecycle) }`. */
export function wakeableLifecycle(given: Lifecycle): WakeableLifecycle {
  const listeners = new Set<() => void>();
  let awake = 0;
  const change = (by: number): void => {
    awake += by;
    for (const listener of [...listeners]) listener();
  };
  return {
    getPause() {
      const pause = given.getPause();
      return awake > 0 && pause === "background" ? undefined : pause;
    },
    subscribe(listener) {
      const own = (): void => listener();
      const stop = given.subscribe(own);
      listeners.add(own);
      return () => {
        listeners.delete(own);
        stop();
      };
    },
    async whileAwake(work) {
      change(1);
      try {
        return await work();
      } finally {
        change(-1);
      }
    },
  };
}
