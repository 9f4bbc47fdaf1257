// Resumes what a closed app has left: at the start, and whenever the app comes back to the foreground.
import { toVideoError } from "@video-engine/video-sdk";
import { useVideoEngine } from "@video-engine/video-sdk/react";
import { useEffect, useState } from "react";
import { AppState } from "react-native";

/** The sentence to show when nothing could be resumed; the next return to the foreground tries again. */
export function useResume(): string | undefined {
  const engine = useVideoEngine();
  const [error, setError] = useState<string | undefined>(undefined);
  useEffect(() => {
    const resume = (): void => {
      engine
        .resume()
        .then(() => engine.reconcile())
        .then(() => setError(undefined))
        .catch((thrown: unknown) => setError(toVideoError(thrown).message));
    };
    resume();
    const listener = AppState.addEventListener("change", (state) => {
      if (state === "active") resume();
    });
    return () => listener.remove();
  }, [engine]);
  return error;
}
