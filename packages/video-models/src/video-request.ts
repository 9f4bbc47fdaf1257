// A request for a video: the body of POST /api/mobile/generate-video, and the same with every setting decided. Types only.
import type { VideoAspectRatio, VideoDuration, VideoMode, VideoResolution } from "./model.ts";
import type { VideoModelId } from "./registry.ts";

/** One subject for Kling, shown from several sides. */
export interface KlingElement {
  /** The main view, an https URL. */
  readonly frontalImageUrl: string;
  /** One to three further views, https URLs. */
  readonly referenceImageUrls: readonly string[];
}

/** An image that the clip shows at a given time. */
export interface VideoKeyframe {
  /** An https URL. */
  readonly imageUrl: string;
  /** Seconds from the start of the clip. Two keyframes are never at the same time. */
  readonly atSeconds: number;
}

/** What is attached to a request, by URL. */
export interface VideoAttachments {
  /** The first frame, where the model takes a last one too. */
  readonly attachmentImageUrl?: string;
  /** The image itself, base64, where the route accepts it instead of a URL. */
  readonly attachmentImageBytes?: string;
  readonly startFrameImageUrl?: string;
  readonly endFrameImageUrl?: string;
  readonly klingO1Images?: readonly string[];
  readonly klingO1Elements?: readonly KlingElement[];
  readonly klingO1Video?: string;
  readonly referenceImageUrls?: readonly string[];
  readonly referenceVideoUrls?: readonly string[];
  readonly referenceAudioUrls?: readonly string[];
  readonly keyframes?: readonly VideoKeyframe[];
  /** The video that is extended, upscaled or given other lips. */
  readonly sourceVideoUrl?: string;
  /** Speech or music that the clip follows. */
  readonly audioUrl?: string;
}

/** What the user can set, beside the prompt. */
export interface VideoSettings {
  readonly aspectRatio?: VideoAspectRatio;
  readonly duration?: VideoDuration;
  readonly resolution?: VideoResolution;
  readonly generateAudio?: boolean;
  readonly cameraFixed?: boolean;
  readonly fastMode?: boolean;
  readonly removeWatermark?: boolean;
}

/** A request for one video. Two frames on a model that has a transition mean the transition; one image on a Kling of references is one of them. */
export interface VideoRequest extends Omit<VideoAttachments, "klingO1Images">, VideoSettings {
  readonly model: VideoModelId;
  readonly prompt: string;
  /** URLs, or objects with one. */
  readonly klingO1Images?: readonly (string | { readonly url: string })[];
}

/** A request with every setting decided: exactly what is priced, recorded and sent. A value is absent where the mode has no such control. */
export interface ResolvedVideoRequest extends VideoAttachments {
  readonly model: VideoModelId;
  readonly prompt: string;
  readonly mode: VideoMode;
  readonly aspectRatio?: VideoAspectRatio;
  readonly duration?: VideoDuration;
  readonly resolution?: VideoResolution;
  readonly generateAudio: boolean;
  readonly cameraFixed: boolean;
  readonly fastMode: boolean;
  readonly removeWatermark: boolean;
  /** What was asked for where the mode has no such control: without effect on the video and the price. Some routes expect it in the body. */
  readonly unused?: Pick<VideoSettings, "aspectRatio" | "duration" | "resolution">;
}
