// The model that edits a video: the first of the picker that takes one.
import { choicesFor, sortedVideoModels, type VideoModelId } from "@video-engine/video-models";

/** Its id. Undefined where no model that is sold edits. */
export const EDITING_MODEL: VideoModelId | undefined = sortedVideoModels().find(
  ({ id }) => choicesFor(id).attachments.video !== "none",
)?.id;
