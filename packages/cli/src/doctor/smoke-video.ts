// One video that is paid for, the cheapest of a provider: the only proof that everything works together.
import { getVideoModel, VIDEO_MODEL_IDS, type VideoModelId, type VideoProviderId } from "@video-engine/video-models";
import type { Generation, VideoEngine } from "@video-engine/video-sdk";
import { pricing } from "../pricing.ts";
import type { Finding } from "./finding.ts";

/** A video to be paid for. */
export interface SmokeVideo {
  readonly provider: VideoProviderId;
  readonly model: VideoModelId;
  /** Whole seconds; undefined where the model offers no choice. */
  readonly duration: number | undefined;
  /** By the prices of this command, to which the provider's own are close. */
  readonly credits: number;
}

/** The cheapest video from text alone that goes to this provider. Undefined where there is none. */
export function cheapestVideo(provider: VideoProviderId): SmokeVideo | undefined {
  const videos = Object.values(VIDEO_MODEL_IDS).flatMap((model) => {
    const { providers, lifecycle, inputs, durations } = getVideoModel(model);
    const isFit = providers[0] === provider && lifecycle.stage === "available";
    if (!isFit || !inputs.some(({ kind }) => kind === "none")) return [];
    const seconds = durations.filter((length) => length !== "auto");
    const duration = seconds.length === 0 ? undefined : Math.min(...seconds);
    return [{ provider, model, duration, credits: pricing.calculateVideoCost(model, { duration }) }];
  });
  return videos.reduce<SmokeVideo | undefined>(
    (best, video) => (best === undefined || video.credits < best.credits ? video : best),
    undefined,
  );
}

/** Starts it. */
export function startSmokeVideo(engine: VideoEngine, { model, duration }: SmokeVideo): Generation {
  return engine.generate({ model, prompt: "A red ball rolls over a table", ...(duration && { duration }) });
}

/** What became of it. Never rejects. */
export async function smokeFinding(generation: Generation, { provider, model }: SmokeVideo): Promise<Finding> {
  const began = performance.now();
  const outcome = await generation.outcome;
  const seconds = Math.round((performance.now() - began) / 1_000);
  if (outcome.status === "completed")
    return { part: provider, level: "ok", text: `${model} made a video in ${seconds} s: ${outcome.videos[0]}` };
  const why = outcome.status === "failed" ? `${outcome.error.code}: ${outcome.error.message}` : outcome.status;
  return { part: provider, level: "failed", text: `${model}: ${why} (credits: ${outcome.settlement})` };
}
