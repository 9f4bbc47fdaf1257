// What can be attached to a request, and what attaching gives back: types only.
import type { VideoErrorData } from "../errors.ts";

/**
 * A file on the device, as pickers hand it out: those of expo-image-picker, expo-document-picker and react-native-image-picker fit as
 * they are. `null` and 0 count as not said.
 */
export interface NativeAsset {
  readonly uri: string;
  /** A MIME type. A word such as `image` is passed over. */
  readonly type?: string | null;
  readonly mimeType?: string | null;
  readonly fileName?: string | null;
  readonly name?: string | null;
  /** Bytes. */
  readonly fileSize?: number | null;
  readonly size?: number | null;
  /** Pixels. */
  readonly width?: number | null;
  readonly height?: number | null;
  /** The file itself, where the picker ran in a browser. */
  readonly file?: Blob | null;
}

/**
 * Something to attach: an https URL that is used as it is, a `Blob` or `File`, a picker's asset, or what `attach()` gave back. A file of
 * Node's is a `Blob` by `openAsBlob(path)` of `node:fs`.
 */
export type AttachmentSource = string | Blob | NativeAsset | Attachment;

/** How far an attachment is. Immutable. */
export interface AttachmentSnapshot {
  readonly id: string;
  readonly status: "uploading" | "uploaded" | "failed" | "canceled";
  /** Bytes. Begins again with each try. */
  readonly sentBytes: number;
  /** Bytes. Undefined while nobody has said. */
  readonly totalBytes: number | undefined;
  /** Its lasting URL. Set exactly when it is uploaded. */
  readonly url: string | undefined;
  /** Set exactly when it has failed. */
  readonly error: VideoErrorData | undefined;
}

/** A file whose upload has begun. May stand in a request before it is uploaded. Every method works unbound. */
export interface Attachment {
  readonly id: string;
  /** The same object until something changed. */
  getSnapshot(): AttachmentSnapshot;
  /** Called without arguments after each change. Gives back the way to stop. */
  subscribe(listener: () => void): () => void;
  /** Ends the upload, unless it is over. A generation that already has the file goes on with it. */
  cancel(): void;
  /** The last snapshot. Never rejects. */
  readonly uploaded: Promise<AttachmentSnapshot>;
}
