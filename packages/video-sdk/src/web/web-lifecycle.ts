// When a page should ask nothing: hidden, frozen or without a network. Knows no generation and no timer.
import type { Lifecycle } from "../ports.ts";

/** How the page behaves. */
export interface WebLifecycleOptions {
  /** Whether a hidden page that is not frozen goes on. */
  readonly pollsWhenHidden: boolean;
}

const EVENTS = ["online", "offline", "visibilitychange", "freeze", "resume", "pagehide", "pageshow"];

/** On their way down from the window: not all of them come up to it. */
const CAUGHT = { capture: true };

/** What is said of a page by the events that stop it, for now or for good, and by those that let it go on. */
const FROZEN_AFTER: Readonly<Record<string, boolean>> = {
  freeze: true,
  pagehide: true,
  resume: false,
  pageshow: false,
};

/** The lifecycle of this page, read from the browser each time. Listens only while somebody has subscribed. */
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
