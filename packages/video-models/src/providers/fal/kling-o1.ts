// Kuaishou's Kling O1 as fal takes it: one endpoint for references, one for editing a video, one for frames.
// The prompt names the pieces as @Image1, @Element1, @Video1, counted in the order sent: that text is the caller's.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedUrl } from "../attached-url.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";
import { promptWithin } from "../prompt-within.ts";

/** Kling O1, on reference images and elements, or editing a video, which then sets length and shape. */
export function klingO1(request: ResolvedVideoRequest) {
  const pieces = { prompt: promptOf(request), ...referencesOf(request) };
  return request.mode === "video-to-video-edit"
    ? job("fal-ai/kling-video/o1/video-to-video/edit", {
        ...pieces,
        video_url: attachedUrl(request, "klingO1Video"),
        // fal does not publish its default. Sound is kept only where the request decided on sound.
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
  const endFrame = request.endFrameImageUrl;
  return job("fal-ai/kling-video/o1/image-to-video", {
    prompt: promptOf(request),
    duration: durationOf(request),
    start_image_url: attachedUrl(request, "startFrameImageUrl"),
    ...(endFrame === undefined ? {} : { end_image_url: endFrame }),
  });
}

function referencesOf(request: ResolvedVideoRequest) {
  const images = [...(request.klingO1Images ?? [])];
  const elements = (request.klingO1Elements ?? []).map((element) => ({
    frontal_image_url: element.frontalImageUrl,
    reference_image_urls: [...element.referenceImageUrls],
  }));
  return {
    ...(images.length === 0 ? {} : { image_urls: images }),
    ...(elements.length === 0 ? {} : { elements }),
  };
}

function durationOf(request: ResolvedVideoRequest) {
  return `${offered(request, "duration", [3, 4, 5, 6, 7, 8, 9, 10])}` as const;
}

function promptOf(request: ResolvedVideoRequest) {
  // Published for Kling 2.5; O1 is taken to have the same limit.
  return promptWithin(request, 2500);
}
