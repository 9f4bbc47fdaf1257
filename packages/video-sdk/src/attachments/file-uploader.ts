// The port between attachments and the network. Types only.
import type { CallResult, LocalFile, UploadProgress } from "../ports.ts";

/** What one try is given. */
export interface UploadOptions {
  /** Ends the try. */
  readonly signal: AbortSignal;
  onProgress(progress: UploadProgress): void;
}

/** Sends files to the app's storage. Never throws; sends each file once per call. */
export interface FileUploader {
  /** Gives back the file's lasting https URL. */
  upload(file: LocalFile, options: UploadOptions): Promise<CallResult<string>>;
}
