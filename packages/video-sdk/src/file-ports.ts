// The files of requests, as types only: what they are, how they are sent, and what the engine asks of them.
import type { VideoRequest, VideoRequestIssue } from "@video-engine/video-models";
import type { CallResult } from "./ports.ts";

/** How much of an upload was sent, in bytes. The total is undefined where the runtime does not say. */
export interface UploadProgress {
  readonly sentBytes: number;
  readonly totalBytes: number | undefined;
}

/** How one upload is watched and ended. */
export interface UploadOptions {
  readonly signal: AbortSignal;
  onProgress(progress: UploadProgress): void;
}

/** A file that was attached: what it is, and its bytes or where they are. */
export interface LocalFile {
  /** MIME type, such as `image/png`. */
  readonly contentType: string;
  /** Bytes; undefined where the picker did not say. */
  readonly byteLength: number | undefined;
  readonly fileName: string | undefined;
  /** Pixels, where the picker said. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** How long a clip or a sound is, in seconds, where the picker said. */
  readonly seconds?: number | undefined;
  /** The bytes, or the place on the device that an uploader streams them from. */
  readonly source: Blob | { readonly uri: string };
}

/** A file on the device that can still be read after the app was closed. Plain data, stored in the journal. */
export interface StoredFile extends Pick<LocalFile, "contentType"> {
  readonly uri: string;
  readonly byteLength?: number | undefined;
}

/** Sends the bytes of one file by PUT, with its content type. Rejects, or returns any status, when they may not have arrived. */
export type PutFile = (
  input: UploadOptions & { readonly uploadUrl: string; readonly file: LocalFile },
) => Promise<{ readonly status: number }>;

/** Sends files to the app's storage and returns their lasting https URLs. Never throws; sends each file once per call. */
export interface FileUploader {
  upload(file: LocalFile, options: UploadOptions): Promise<CallResult<string>>;
}

/** A file of a request that is still to be uploaded. */
export interface TakenFile {
  readonly fileId: string;
  /** What a later start of the app finds it by. Undefined for a file that is in memory only. */
  readonly stored: StoredFile | undefined;
}

/** A request without files, and the files that were in it. */
export interface TakenRequest {
  /** With a URL in every place: the file's own, or `placeholderFor(fileId)`. */
  readonly request: VideoRequest;
  readonly files: readonly TakenFile[];
  /** What is wrong with the files. While there is any issue, nothing of this request may be sent. */
  readonly issues: readonly VideoRequestIssue[];
}

/** The files that were attached, by their ids. Never throws; sends each file once per call. */
export interface FileUploads {
  /** Sends one file and returns its lasting https URL; joins an upload that is running. An unreadable file is `upload-failed`, not retryable. */
  upload(input: TakenFile & UploadOptions): Promise<CallResult<string>>;
}
