// Tells when a page has to pause: hidden, frozen or without a network. Knows no generation and no timer.
import type { Lifecycle } from "../platform-ports.ts";

/** How the page behaves. */
export interface WebLifecycleOptions {
  /** Whether a hidden page that is not frozen keeps polling. */
  readonly pollsWhenHidden: boolean;
}

const EVENTS = ["online", "offline", "visibilitychange", "freeze", "resume", "pagehide", "pageshow"];

/** Caught in the capture phase, because not all of these events bubble up to the window. */
const CAUGHT = { capture: true };

/** Whether a page is frozen after each event that stops or resumes it. */
const FROZEN_AFTER: Readonly<Record<string, boolean>> = {
  freeze: true,
  pagehide: true,
  resume: false,
  pageshow: false,
};

/** The lifecycle of this page, read from the browser at each call. Listens only while there are subscribers. */
export function createWebLifecycle({ pollsWhenHidden }: WebLifecycleOptions): Lifecycle {
  let isFrozen = false;

  const getPause: Lifecycle["getPause"] = () => {
    if (navigator.onLine === false) return "offline";
    const isHidden = typeof document !== "undefined" && document.visibilityState === "hidden";
    return isHidden && (isFrozen || !pollsWhenHidden) ? "background" : undefined;
  };

  return {
    getPause,
    subscribe(listener) {
      let last = getPause();
      const look = ({ type }: Event): void => {
        isFrozen = FROZEN_AFTER[type] ?? isFrozen;
        const pause = getPause();
        if (pause === last) return;
        last = pause;
        listener();
      };
      for (const type of EVENTS) addEventListener(type, look, CAUGHT);
      return () => {
        for (const type of EVENTS) removeEventListener(type, look, CAUGHT);
      };
    },
  };
}
