// The ways in which an upload fails, as the answer of a port. Repeating one is always safe, so each only says whether it may help.
import type { VideoRequestIssue } from "@video-engine/video-models";
import { videoErrorData, type VideoErrorData } from "../errors.ts";
import type { CallResult } from "../ports.ts";

/** A failure that left nothing behind. */
export function uploadFailure(error: VideoErrorData): Extract<CallResult<never>, { ok: false }> {
  return { ok: false, certainty: "not-done", error };
}

/** A file that breaks a rule. The issues are in `details.issues`, the first one is the message. */
export function refusedFile(issues: readonly VideoRequestIssue[]): VideoErrorData {
  const message = issues.map((issue) => issue.message).join(" ");
  return videoErrorData("upload-failed", { message, retryable: false, details: { issues } });
}

/** A file that cannot be sent, for a reason that stays. */
export function unsendableFile(message: string): VideoErrorData {
  return videoErrorData("upload-failed", { message, retryable: false });
}
