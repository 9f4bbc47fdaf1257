// What a request says in the body of a submit. Every map of routes starts from it.
import {
  choicesFor,
  isVideoModelId,
  type ResolvedVideoRequest,
  type VideoAttachments,
  type VideoModelId,
  type VideoSettings,
} from "@video-engine/video-models";

/** The fields of a request as the plan names them. */
export interface RequestBody extends VideoAttachments, VideoSettings {
  readonly model: VideoModelId;
  readonly prompt: string;
}

/**
 * The fields of a request for a route: without `mode`, which follows from the attachments, and without switches that the model does not have.
 * A ratio, a length or a resolution that was asked for is there also where the model has no such control, because some routes expect it.
 */
export function requestBody(request: ResolvedVideoRequest): RequestBody {
  const { mode: _, unused, generateAudio, cameraFixed, fastMode, removeWatermark, ...sent } = request;
  const has = isVideoModelId(request.model)
    ? choicesFor(request.model, { attachments: request, resolution: request.resolution })
    : UNKNOWN;
  // What differs from what the model does by itself was chosen under the rules of a newer catalogue.
  const hasAudio = has.audio === "optional" || generateAudio !== (has.audio === "always");
  return {
    ...sent,
    ...unused,
    ...(hasAudio && { generateAudio }),
    ...((has.cameraFixed || cameraFixed) && { cameraFixed }),
    ...((has.fastMode || fastMode) && { fastMode }),
    ...((has.removeWatermark || removeWatermark) && { removeWatermark }),
  };
}

/** A model that only a newer catalogue knows: whether it makes sound is said, and no model has an extra that is on by itself. */
const UNKNOWN = { audio: "optional", cameraFixed: false, fastMode: false, removeWatermark: false };
