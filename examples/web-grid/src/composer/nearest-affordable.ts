// What the credits are enough for: the dearest settings of the model that fit, else the dearest other model that can do it. Pure.
import { choicesFor, fitSettings, sortedVideoModels } from "@video-engine/video-models";
import type { FittedSettings, VideoModelId, VideoSettings } from "@video-engine/video-models";
import type { AttachedFiles } from "@video-engine/video-sdk";
import { missingFrom } from "../draft.ts";
import { pricing } from "../pricing.ts";
import { filesFor } from "./attached-files.ts";
import { sourcesIn } from "./sources-in.ts";

/** What is wanted, and what there is. */
export interface Wanted {
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

function priced(model: VideoModelId, chosen: VideoSettings, files: AttachedFiles): Affordable {
  const settings = fitSettings(model, chosen, files);
  const options = { hasAudio: settings.generateAudio, hasReferenceVideos: files.referenceVideoUrls !== undefined };
  return { model, settings, credits: pricing.calculateVideoCost(model, { ...settings, ...options }) };
}

/** The same model with each length, quality, and with and without sound. */
function variantsOf({ model, chosen, files }: Wanted): readonly Affordable[] {
  const { resolutions, audio } = choicesFor(model, { attachments: files });
  const sounds = audio === "optional" ? [chosen.generateAudio, false] : [chosen.generateAudio];
  return orUndefined(resolutions).flatMap((resolution) =>
    orUndefined(choicesFor(model, { attachments: files, resolution }).durations).flatMap((duration) =>
      sounds.map((generateAudio) =>
        priced(model, withoutUndefined({ ...chosen, resolution, duration, generateAudio }), files),
      ),
    ),
  );
}

/** Other models that take the files as they are, with the chosen settings. */
function othersOf({ model, chosen, files }: Wanted): readonly Affordable[] {
  const wanted = sourcesIn(filesFor(choicesFor(model, { attachments: files }), files)).length;
  return sortedVideoModels({ pricing }).flatMap(({ id }) => {
    const choices = choicesFor(id, { attachments: files });
    const taken = filesFor(choices, files);
    const isComplete = missingFrom({ prompt: "any", files: taken }, choices) === undefined;
    if (id === model || !isComplete || sourcesIn(taken).length < wanted) return [];
    return [priced(id, chosen, files)];
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
