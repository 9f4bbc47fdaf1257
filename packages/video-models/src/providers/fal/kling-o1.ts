// Kuaishou's Kling O1 as fal takes it: one endpoint for references, one for editing a video, one for frames.
// The caller's prompt names the attachments as @Image1, @Element1, @Video1, in the order in which they are sent.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedUrl } from "../attached-url.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";
import { promptWithin } from "../prompt-within.ts";

/** Kling O1, from reference images and elements, or as an edit of a video, which then sets length and shape. */
export function klingO1(request: ResolvedVideoRequest) {
  const pieces = withReferences({ prompt: promptOf(request) }, request);
  return request.mode === "video-to-video-edit"
    ? job("fal-ai/kling-video/o1/video-to-video/edit", {
        ...pieces,
        video_url: attachedUrl(request, "klingO1Video"),
        // fal does not publish its default. The sound of the video is kept only when the request asks for sound.
        keep_audio: request.generateAudio,
      })
    : job("fal-ai/kling-video/o1/reference-to-video", {
        ...pieces,
        duration: durationOf(request),
        aspect_ratio: offered(request, "aspectRatio", ["16:9", "9:16", "1:1"]),
      });
}

/** Kling O1, from a first frame, to a last one if there is one. */
export function klingO1Transition(request: ResolvedVideoRequest) {
  const input = {
    prompt: promptOf(request),
    duration: durationOf(request),
    start_image_url: attachedUrl(request, "startFrameImageUrl"),
  };
  const endFrame = request.endFrameImageUrl;
  return job(
    "fal-ai/kling-video/o1/image-to-video",
    endFrame === undefined ? input : { ...input, end_image_url: endFrame },
  );
}

/** An input with the reference images and elements of a request. fal is sent no empty lists. */
export function withReferences<Input extends object>(input: Input, request: ResolvedVideoRequest) {
  const images = [...(request.klingO1Images ?? [])];
  const elements = (request.klingO1Elements ?? []).map((element) => ({
    frontal_image_url: element.frontalImageUrl,
    reference_image_urls: [...element.referenceImageUrls],
  }));
  const withImages = images.length === 0 ? input : { ...input, image_urls: images };
  return elements.length === 0 ? withImages : { ...withImages, elements };
}

function durationOf(request: ResolvedVideoRequest) {
  return `${offered(request, "duration", [3, 4, 5, 6, 7, 8, 9, 10])}` as const;
}

function promptOf(request: ResolvedVideoRequest) {
  // Published for Kling 2.5; we assume the same limit for O1.
  return promptWithin(request, 2500);
}
