// Resumes what was left: when the page opens, when it is looked at again, and when the network is back.
import type { VideoEngine } from "@video-engine/video-sdk";

/** Resumes now and at every return, for as long as the page lives. */
export function resumeOnReturn(engine: VideoEngine): void {
  const resume = (): void => {
    // A storage that cannot be read now is read at the next return.
    void engine
      .resume()
      .then(() => engine.reconcile())
      .catch(() => undefined);
  };
  resume();
  addEventListener("online", resume);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") resume();
  });
}
