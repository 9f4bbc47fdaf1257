// A request with files in it, as types only.
import type { VideoRequest } from "@video-engine/video-models";
import type { AttachmentSource } from "./attachment.ts";

/** One subject for Kling O1, shown from several sides. */
export interface AttachedKlingElement {
  /** The main view. */
  readonly frontalImageUrl: AttachmentSource;
  /** One to three further views. */
  readonly referenceImageUrls: readonly AttachmentSource[];
}

/** The attachments of a request, each a URL or a file. */
export interface AttachedFiles {
  readonly attachmentImageUrl?: AttachmentSource;
  readonly startFrameImageUrl?: AttachmentSource;
  readonly endFrameImageUrl?: AttachmentSource;
  readonly klingO1Images?: readonly AttachmentSource[];
  readonly klingO1Elements?: readonly AttachedKlingElement[];
  readonly klingO1Video?: AttachmentSource;
}

/** A request for one video whose attachments may be files that are still to be uploaded. Every `VideoRequest` is one. */
export interface GenerateRequest extends Omit<VideoRequest, keyof AttachedFiles>, AttachedFiles {}
