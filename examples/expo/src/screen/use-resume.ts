// Resumes what a closed app has left, once. When the app comes back from the background, the engine resumes by itself.
import { toVideoError } from "@video-engine/video-sdk";
import { useVideoEngine } from "@video-engine/video-sdk/react";
import { useEffect, useState } from "react";

/** The sentence to show when nothing could be resumed. */
export function useResume(): string | undefined {
  const engine = useVideoEngine();
  const [error, setError] = useState<string | undefined>(undefined);
  useEffect(() => {
    engine
      .resume()
      .then(() => setError(undefined))
      .catch((thrown: unknown) => setError(toVideoError(thrown).message));
  }, [engine]);
  return error;
}
