// Loads what is likely to be opened next, so that it opens at once.
import { useEffect } from "react";

const LATER_MS = 2_000;

/** Once the page has nothing else to do. What cannot be loaded now is asked for again when it is opened. */
export function usePreload(): void {
  useEffect(() => {
    const load = (): void => {
      const parts = [import("./picker/picker-dialog.tsx"), import("./large/large-view.tsx")];
      void Promise.all([...parts, import("./earlier/earlier-dialog.tsx")]).catch(() => undefined);
    };
    // Safari has no requestIdleCallback.
    if (!("requestIdleCallback" in globalThis)) {
      const timer = setTimeout(load, LATER_MS);
      return () => clearTimeout(timer);
    }
    const idle = requestIdleCallback(load);
    return () => cancelIdleCallback(idle);
  }, []);
}
