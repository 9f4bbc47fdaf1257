// The pictures of a request as most newer endpoints take them.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedUrl } from "../attached-url.ts";
import { Refusal } from "../refusal.ts";

/** The first frame, and the last one if there is one. */
export function attachedFrames(request: ResolvedVideoRequest) {
  return { image_url: attachedUrl(request, "attachmentImageUrl"), ...lastFrame(request) };
}

/** The last frame, if there is one. */
export function lastFrame({ endFrameImageUrl }: ResolvedVideoRequest) {
  return endFrameImageUrl === undefined ? {} : { end_image_url: endFrameImageUrl };
}

/** The reference images, at least one. */
export function referenceImagesOf({ referenceImageUrls = [] }: ResolvedVideoRequest): string[] {
  if (referenceImageUrls.length === 0) throw new Refusal("referenceImageUrls is missing");
  return [...referenceImageUrls];
}
