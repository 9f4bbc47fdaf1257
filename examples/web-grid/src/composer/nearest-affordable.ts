// What the credits are enough for: the dearest settings of the model that fit, else the dearest other model that can do it. Pure.
import type { FittedSettings, VideoModelId, VideoSettings } from "@video-engine/video-models";
import type { AttachedFiles, VideoEngine } from "@video-engine/video-sdk";
import type { SoldModels } from "@video-engine/video-sdk/react";
import { missingFrom } from "../draft.ts";
import { filesFor } from "./attached-files.ts";
import { sourcesIn } from "./sources-in.ts";

/** What is wanted, and what there is. */
export interface Wanted {
  readonly models: SoldModels;
  readonly quote: VideoEngine["quote"];
  readonly model: VideoModelId;
  readonly chosen: VideoSettings;
  readonly files: AttachedFiles;
  /** Credits. */
  readonly available: number;
}

/** A choice and its price. */
export interface Affordable {
  readonly model: VideoModelId;
  readonly settings: FittedSettings;
  readonly credits: number;
}

/** Undefined where the credits are enough for nothing. */
export function nearestAffordable(wanted: Wanted): Affordable | undefined {
  return dearest(variantsOf(wanted), wanted) ?? dearest(othersOf(wanted), wanted);
}

function dearest(candidates: readonly Affordable[], { available }: Wanted): Affordable | undefined {
  return candidates
    .filter(({ credits }) => credits <= available)
    .reduce<Affordable | undefined>(
      (best, one) => (best !== undefined && best.credits >= one.credits ? best : one),
      undefined,
    );
}

function priced({ models, quote, files }: Wanted, model: VideoModelId, chosen: VideoSettings): Affordable {
  const settings = models.fitSettings(model, chosen, files);
  return { model, settings, credits: quote({ model, prompt: "", ...settings, ...files }).credits };
}

/** The same model with each length, quality, and with and without sound. */
function variantsOf(wanted: Wanted): readonly Affordable[] {
  const { models, model, chosen, files } = wanted;
  const { resolutions, audio } = models.choicesFor(model, { attachments: files });
  const sounds = audio === "optional" ? [chosen.generateAudio, false] : [chosen.generateAudio];
  return orUndefined(resolutions).flatMap((resolution) =>
    orUndefined(models.choicesFor(model, { attachments: files, resolution }).durations).flatMap((duration) =>
      sounds.map((generateAudio) =>
        priced(wanted, model, withoutUndefined({ ...chosen, resolution, duration, generateAudio })),
      ),
    ),
  );
}

/** Other models that take the files as they are, with the chosen settings. */
function othersOf(wanted: Wanted): readonly Affordable[] {
  const { models, model, chosen, files } = wanted;
  const used = sourcesIn(filesFor(models.choicesFor(model, { attachments: files }), files)).length;
  return models.sortedVideoModels().flatMap(({ id }) => {
    const choices = models.choicesFor(id, { attachments: files });
    const taken = filesFor(choices, files);
    const isComplete = missingFrom({ prompt: "any", files: taken }, choices) === undefined;
    if (id === model || !isComplete || sourcesIn(taken).length < used) return [];
    return [priced(wanted, id, chosen)];
  });
}

function orUndefined<T>(values: readonly T[]): readonly (T | undefined)[] {
  return values.length === 0 ? [undefined] : values;
}

/** A setting that is undefined is not the same as one that is left out. */
function withoutUndefined(settings: {
  readonly [K in keyof VideoSettings]: VideoSettings[K] | undefined;
}): VideoSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
