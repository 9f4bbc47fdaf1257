// What may or must be attached to a request, by its model and by what is attached already.
import { type AttachedThings, countAttached, countReferences, hasKeyframes, inputOf, isAttached } from "./attached.ts";
import type { ReferenceLimit, VideoModel } from "./model.ts";

/** Whether something may or must be attached. */
export type AttachmentNeed = "none" | "optional" | "required";

/** How many may be attached, and how many are. */
export interface CountedAttachments {
  readonly need: AttachmentNeed;
  readonly max: number;
  readonly used: number;
}

/** What may or must be attached. A member that is undefined: the model takes nothing of the kind. */
export interface AttachmentChoices {
  readonly image: AttachmentNeed;
  readonly startFrame: AttachmentNeed;
  readonly endFrame: AttachmentNeed;
  /** Kling's reference images and elements, counted together. */
  readonly references: CountedAttachments;
  /** The video that Kling edits. */
  readonly video: AttachmentNeed;
  readonly referenceImages?: CountedAttachments;
  /** `maxSeconds` is what they may last together; undefined where nothing is published. */
  readonly referenceVideos?: CountedAttachments & Pick<ReferenceLimit, "maxSeconds">;
  readonly referenceAudios?: CountedAttachments & Pick<ReferenceLimit, "maxSeconds">;
  /** At least `min` where there is one. */
  readonly keyframes?: CountedAttachments & { readonly min: number };
  /** The video that is extended, upscaled or given other lips. */
  readonly sourceVideo?: "required";
  /** Speech or music that the clip follows. */
  readonly audio?: "optional" | "required";
}

/** What may or must be attached to a request for a model. */
export function attachmentChoicesOf(model: VideoModel, attachments: AttachedThings): AttachmentChoices {
  const keyframes = inputOf(model, "keyframes");
  const audio = inputOf(model, "audio");
  return {
    ...framesOf(model, attachments),
    ...klingReferencesOf(model, attachments),
    ...mediaOf(model, attachments),
    ...(keyframes && { keyframes: { min: keyframes.min, ...counted(keyframes, attachments.keyframes) } }),
    ...(inputOf(model, "video") && { sourceVideo: "required" }),
    ...(audio && { audio: audio.need }),
  };
}

/** The image and the frames. Beside keyframes there is no other picture. */
function framesOf(model: VideoModel, attachments: AttachedThings) {
  const frames = inputOf(model, "frames");
  const image = hasKeyframes(model, attachments) ? undefined : inputOf(model, "image");
  const isNeeded = !inputOf(model, "none") || (image?.endFrame && isAttached(attachments.endFrameImageUrl));
  return {
    image: image ? (isNeeded ? "required" : "optional") : "none",
    startFrame: frames ? "required" : "none",
    endFrame: frames?.endFrame ?? image?.endFrame ?? "none",
  } as const;
}

function klingReferencesOf(model: VideoModel, attachments: AttachedThings) {
  const references = inputOf(model, "references");
  const hasVideo = isAttached(attachments.klingO1Video);
  return {
    references: {
      need: references ? (hasVideo ? "optional" : "required") : "none",
      max: references ? (hasVideo ? references.maxWithVideo : references.max) : 0,
      used: references ? countReferences(attachments) : 0,
    },
    video: references ? "optional" : "none",
  } as const;
}

/** An image is asked for until there is an image or a video; sound alone is not enough. */
function mediaOf(model: VideoModel, attachments: AttachedThings) {
  const media = inputOf(model, "media");
  if (!media) return {};
  const { referenceImageUrls, referenceVideoUrls, referenceAudioUrls } = attachments;
  const need = isAttached(referenceVideoUrls) ? "optional" : "required";
  return {
    referenceImages: counted(media.images, referenceImageUrls, need),
    ...(media.videos && { referenceVideos: counted(media.videos, referenceVideoUrls) }),
    ...(media.audios && { referenceAudios: counted(media.audios, referenceAudioUrls) }),
  };
}

function counted({ max, maxSeconds }: ReferenceLimit, attached: unknown, need: AttachmentNeed = "optional") {
  return { need, max, ...(maxSeconds && { maxSeconds }), used: countAttached(attached) };
}
