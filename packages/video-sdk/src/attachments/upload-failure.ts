// How uploads fail. Repeating an upload is always safe, so an error only says whether that may help.
import { videoErrorData, type VideoErrorData } from "../errors.ts";
import type { CallResult } from "../ports.ts";
import { causeText } from "../thrown-error.ts";
import type { FileIssue } from "./check-file.ts";
import { fileSentence, type FileRule } from "./file-sentences.ts";

/** A failed upload, which left nothing behind. */
export function uploadFailure(error: VideoErrorData): Extract<CallResult<never>, { ok: false }> {
  return { ok: false, certainty: "not-done", error };
}

/** The error of a file that breaks a rule. The issues are in `details.issues`, and their messages are the message. */
export function refusedFile(issues: readonly FileIssue[]): VideoErrorData {
  const message = issues.map((issue) => issue.message).join(" ");
  return videoErrorData("upload-failed", { message, retryable: false, details: { rule: issues[0]?.rule, issues } });
}

/** The error of a file that can never be sent. */
export function unsendableFile(rule: FileRule): VideoErrorData {
  return videoErrorData("upload-failed", { message: fileSentence(rule), retryable: false, details: { rule } });
}

/** The error of a file whose bytes are not there any more. */
export function goneFile(cause: unknown): VideoErrorData {
  const error = unsendableFile("file-gone");
  return { ...error, details: { ...error.details, reason: causeText(cause) } };
}
