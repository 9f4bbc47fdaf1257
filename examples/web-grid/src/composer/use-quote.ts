// What the draft will cost.
import type { VideoQuote, AttachedFiles } from "@video-engine/video-sdk";
import { useVideoEngine, useVideoModels, useVideoSettings } from "@video-engine/video-sdk/react";
import { useMemo } from "react";

/** The price with the chosen settings and these files, line by line. */
export function useQuote(files: AttachedFiles): VideoQuote {
  const { quote } = useVideoEngine();
  const { fitSettings } = useVideoModels();
  const { model, chosen } = useVideoSettings();
  return useMemo(
    () => quote({ model, prompt: "", ...fitSettings(model, chosen, files), ...files }),
    [quote, fitSettings, model, chosen, files],
  );
}
