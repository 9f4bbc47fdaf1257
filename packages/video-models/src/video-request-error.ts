// The error for a request that cannot be sent.
import type { VideoRequestIssue } from "./video-request-issue.ts";

/** `unknown-model` when the model does not exist, `model-retired` when it is gone, otherwise `invalid-request`. */
export type VideoRequestErrorCode = "invalid-request" | "unknown-model" | "model-retired";

/** Thrown by `parseVideoRequest`, with every issue at once. */
export class VideoRequestError extends Error {
  declare readonly name: "VideoRequestError";
  declare readonly code: VideoRequestErrorCode;
  declare readonly issues: readonly VideoRequestIssue[];

  constructor(code: VideoRequestErrorCode, issues: readonly VideoRequestIssue[]) {
    super(issues.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)).join(" "));
    this.name = "VideoRequestError";
    this.code = code;
    this.issues = issues;
  }
}
