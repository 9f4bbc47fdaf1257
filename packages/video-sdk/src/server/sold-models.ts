// The models as the owner of the app sells them: what became of a model may be known before this package says it.
import {
  createRegistry,
  isVideoModelId,
  VIDEO_MODELS,
  videoModelLifecycle,
  type AnyVideoRegistry,
  type VideoModel,
  type VideoModelId,
  type VideoModelLifecycle,
} from "@video-engine/video-models";
import { VideoError } from "../errors.ts";

/** What became of models, by their ids. */
export type VideoLifecycles = Readonly<Partial<Record<VideoModelId, VideoModelLifecycle>>>;

/** The models of this release with these lifecycles. Throws `not-configured` for a model that there is none of, and for what is no lifecycle. */
export function soldModels(lifecycles: VideoLifecycles = {}): AnyVideoRegistry {
  const models: Record<string, VideoModel> = { ...VIDEO_MODELS };
  for (const [id, given] of Object.entries(lifecycles)) {
    if (!isVideoModelId(id)) throw wrong(id, "there is no such model");
    const lifecycle = videoModelLifecycle(given);
    if (lifecycle === undefined)
      throw wrong(id, 'it is no { stage: "retired", date: "2027-01", replacement } or the like');
    const { replacement = id } = lifecycle.stage === "available" ? {} : lifecycle;
    if (!isVideoModelId(replacement)) throw wrong(id, `there is no model "${replacement}" to replace it`);
    models[id] = { ...VIDEO_MODELS[id], lifecycle };
  }
  return createRegistry([() => models]);
}

function wrong(id: string, why: string): VideoError {
  return new VideoError("not-configured", { message: `createVideoRoutes: \`lifecycles["${id}"]\`: ${why}.` });
}
