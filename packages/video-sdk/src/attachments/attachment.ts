// What can be attached to a request, a request with attachments, and what `attach()` returns. Knows no file and no network.
import type { VideoKeyframe, VideoRequest } from "@video-engine/video-models";
import type { VideoErrorData } from "../errors.ts";
import { isObject } from "../value-kinds.ts";

/**
 * A file on the device. The assets of expo-image-picker, expo-document-picker and react-native-image-picker fit as they are. `null` and 0
 * count as left out.
 */
export interface NativeAsset {
  readonly uri: string;
  /** A MIME type. Any other word, such as `image`, is ignored. */
  readonly type?: string | null | undefined;
  readonly mimeType?: string | null | undefined;
  readonly fileName?: string | null | undefined;
  readonly name?: string | null | undefined;
  /** Bytes. */
  readonly fileSize?: number | null | undefined;
  readonly size?: number | null | undefined;
  /** Pixels. */
  /** How long a clip is, in milliseconds. */
  readonly duration?: number | null | undefined;
  readonly width?: number | null | undefined;
  readonly height?: number | null | undefined;
  /** The file itself, where the picker ran in a browser. */
  readonly file?: Blob | null | undefined;
}

/**
 * Something to attach: an https URL, which is used as it is, also as `{ url }`, a `Blob` or `File`, a picker's asset, or what `attach()` returned. In Node,
 * `openAsBlob(path)` of `node:fs` makes a `Blob` of a file.
 */
export type AttachmentSource = string | { readonly url: string } | Blob | NativeAsset | Attachment;

/** The state of an attachment. Immutable. */
export interface AttachmentSnapshot {
  readonly id: string;
  readonly status: "uploading" | "uploaded" | "failed" | "canceled";
  /** Bytes. Starts again at 0 with each try. */
  readonly sentBytes: number;
  /** Bytes. Undefined while they are not known. */
  readonly totalBytes: number | undefined;
  /** Its lasting URL. Set exactly when it is uploaded. */
  readonly url: string | undefined;
  /** Set exactly when it has failed. */
  readonly error: VideoErrorData | undefined;
}

/** A file whose upload has begun. May be used in a request before it is uploaded. Every method works unbound. */
export interface Attachment {
  readonly id: string;
  /** The same object until something changed. */
  getSnapshot(): AttachmentSnapshot;
  /** Called without arguments after each change. Returns an unsubscribe function. */
  subscribe(listener: () => void): () => void;
  /** Ends an upload that is still running. A generation that already has the file goes on with it. */
  cancel(): void;
  /** The last snapshot. Never rejects. */
  readonly uploaded: Promise<AttachmentSnapshot>;
}

/** One subject for Kling, shown from several sides. */
export interface AttachedKlingElement {
  /** The main view. */
  readonly frontalImageUrl: AttachmentSource;
  /** One to three further views. */
  readonly referenceImageUrls: readonly AttachmentSource[];
}

/** An image that the clip shows at a given time. */
export interface AttachedKeyframe extends Omit<VideoKeyframe, "imageUrl"> {
  readonly imageUrl: AttachmentSource;
}

/** The attachments of a request, each a URL or a file. */
export interface AttachedFiles {
  readonly attachmentImageUrl?: AttachmentSource | undefined;
  readonly startFrameImageUrl?: AttachmentSource | undefined;
  readonly endFrameImageUrl?: AttachmentSource | undefined;
  readonly klingO1Images?: readonly AttachmentSource[] | undefined;
  readonly klingO1Elements?: readonly AttachedKlingElement[] | undefined;
  readonly klingO1Video?: AttachmentSource | undefined;
  readonly referenceImageUrls?: readonly AttachmentSource[] | undefined;
  readonly referenceVideoUrls?: readonly AttachmentSource[] | undefined;
  readonly referenceAudioUrls?: readonly AttachmentSource[] | undefined;
  readonly keyframes?: readonly AttachedKeyframe[] | undefined;
  readonly sourceVideoUrl?: AttachmentSource | undefined;
  readonly audioUrl?: AttachmentSource | undefined;
}

/** A request for one video whose attachments may be files that are not uploaded yet. Every `VideoRequest` is a `GenerateRequest`. */
export interface GenerateRequest extends Omit<VideoRequest, keyof AttachedFiles>, AttachedFiles {}

/** Whether a value is an {@link Attachment}, of this engine or of another. */
export function isAttachment(value: unknown): value is Attachment {
  return isObject(value) && typeof value["getSnapshot"] === "function" && "uploaded" in value;
}

/** Whether a value is an object with a `uri`. All its other members may be missing. */
export function isNativeAsset(value: unknown): value is NativeAsset {
  return isObject(value) && typeof value["uri"] === "string";
}

/** Whether a value is a `Blob` or `File`. `instanceof` would fail for one of another realm, and for React Native's own class. */
export function isBlob(value: unknown): value is Blob {
  if (!isObject(value)) return false;
  return typeof value["slice"] === "function" && typeof value["size"] === "number" && typeof value["type"] === "string";
}
