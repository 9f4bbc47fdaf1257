// Whether the credits are enough for the draft, and what they would be enough for.
import type { AttachedFiles, VideoQuote } from "@video-engine/video-sdk";
import { useVideoEngine, useVideoModels, useVideoSettings } from "@video-engine/video-sdk/react";
import { useMemo } from "react";
import { numberText, WORDS } from "../words.ts";
import { nearestAffordable } from "./nearest-affordable.ts";

/** Something that the credits are enough for. */
export interface Offer {
  /** As a sentence. */
  readonly text: string;
  /** Chooses it. */
  take(): void;
}

/** `available`: credits to spend. While they are not known, they are taken to be enough: the backend knows better. */
export function useAffordable(
  { credits: price }: VideoQuote,
  files: AttachedFiles,
  available = Infinity,
): { readonly isShort: boolean; readonly offer: Offer | undefined } {
  const { model, chosen, select, update } = useVideoSettings();
  const { quote } = useVideoEngine();
  const models = useVideoModels();
  const isShort = available < price;
  const offer = useMemo((): Offer | undefined => {
    if (!isShort) return undefined;
    const found = nearestAffordable({ models, quote, model, chosen, files, available });
    if (found === undefined) return undefined;
    const { duration, resolution, generateAudio } = found.settings;
    const parts =
      found.model === model
        ? [
            ...(duration === undefined || duration === "auto" ? [] : [WORDS.tile.seconds(duration)]),
            ...(resolution === undefined ? [] : [resolution]),
            ...(chosen.generateAudio !== false && generateAudio === false ? [WORDS.composer.noSound] : []),
          ]
        : [models.getVideoModel(found.model).label];
    return {
      text: WORDS.composer.offer(parts.join(" · "), numberText(found.credits)),
      take() {
        if (found.model !== model) select(found.model);
        update(found.settings);
      },
    };
  }, [isShort, models, quote, model, chosen, files, available, select, update]);
  return { isShort, offer };
}
