// What the draft will cost.
import { fitSettings } from "@video-engine/video-models";
import type { VideoQuote, AttachedFiles } from "@video-engine/video-sdk";
import { useVideoEngine, useVideoSettings } from "@video-engine/video-sdk/react";
import { useMemo } from "react";

/** The price with the chosen settings and these files, line by line. */
export function useQuote(files: AttachedFiles): VideoQuote {
  const { quote } = useVideoEngine();
  const { model, chosen } = useVideoSettings();
  return useMemo(
    () => quote({ model, prompt: "", ...fitSettings(model, chosen, files), ...files }),
    [quote, model, chosen, files],
  );
}
