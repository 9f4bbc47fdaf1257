// The files that a request brings, as the engine needs them: taken out of the request, and sent. Knows no file.
import type { VideoRequest, VideoRequestIssue } from "@video-engine/video-models";
import type { NewFile } from "../core/uploading.ts";
import { videoErrorData } from "../errors.ts";
import type { FileUploads } from "../ports.ts";

/** A request without its files. */
export interface TakenFiles {
  /** With a placeholder URL in the place of each file. */
  readonly request: VideoRequest;
  /** By the ids that the placeholders carry. */
  readonly files: Readonly<Record<string, NewFile>>;
  /** What is wrong with the files themselves. */
  readonly issues: readonly VideoRequestIssue[];
}

/** Where the files of requests are kept. */
export interface RequestFiles {
  /** Takes the files out of a request. Never throws. */
  take(request: VideoRequest): TakenFiles;
  readonly uploads: FileUploads;
}

/** Requests bring URLs only. */
export const noFiles: RequestFiles = {
  take: (request) => ({ request, files: {}, issues: [] }),
  uploads: {
    upload: () =>
      Promise.resolve({
        isDone: false,
        certainty: "not-done",
        error: videoErrorData("upload-failed", {
          retryable: false,
          message: "The app was closed before the attachment was uploaded. Attach it again.",
        }),
      }),
  },
};
