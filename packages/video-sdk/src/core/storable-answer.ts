// What a port answered, as a state can hold it: a record of that state must be readable after a restart. Pure.
import { videoErrorData, VIDEO_ERRORS, type VideoErrorData } from "../errors.ts";
import type { EventPayload } from "./event.ts";
import { isStorableNumber, isStorableText, LONGEST_TEXT } from "./shape-tests.ts";

/**
 * The same answer when all of it can be stored. An id that cannot be stored leaves its call without a known outcome; videos that cannot are
 * a failure that says why; advice, progress and details that cannot are left out.
 */
export function storable(answer: EventPayload): EventPayload {
  switch (answer.type) {
    case "slot-acquired":
      return isUsable(answer.slotId) ? answer : unnamed("acquire-slot", answer);
    case "session-created":
      return isUsable(answer.sessionId) ? answer : unnamed("create-session", answer);
    case "row-recorded":
      return isUsable(answer.rowId) ? answer : unnamed("record-row", answer);
    case "job-accepted": {
      const { requestId, provider, endpoint, modelId } = answer.job;
      if (!isUsable(requestId)) return unnamed("submit-job", answer);
      const where = { provider: textOrNone(provider), endpoint: textOrNone(endpoint) };
      const named = textOrNone(modelId);
      return { ...answer, job: { requestId, ...where, ...(named && { modelId: named }) } };
    }
    case "file-uploaded":
      return isUsable(answer.url) ? answer : unnamed("upload-file", answer);
    case "file-progress":
      return { ...answer, sentBytes: numberOrNone(answer.sentBytes) ?? 0, totalBytes: numberOrNone(answer.totalBytes) };
    case "job-pending":
      return { ...answer, hintMs: numberOrNone(answer.hintMs) };
    case "job-refused":
      return { ...answer, text: cut(answer.text, LONGEST_DETAIL), hintMs: numberOrNone(answer.hintMs) };
    case "videos-saved":
      return answer.videos.every(isUsable) ? answer : unnamed("save-videos", answer);
    case "job-finished":
      return withStorableVideos(answer);
    case "job-failed":
    case "effect-failed":
      return { ...answer, error: storableError(answer.error) };
    default:
      return answer;
  }
}

/** The call happened or it did not: without the id of what it made, neither can be acted on. */
function unnamed(
  effect: Extract<EventPayload, { type: "effect-failed" }>["effect"],
  answer: { readonly attempt: number; readonly fileId?: string },
): EventPayload {
  const { attempt, fileId } = answer;
  const error = videoErrorData("protocol-mismatch", { message: "The answer names nothing that can be stored." });
  return { type: "effect-failed", effect, attempt, fileId, certainty: "unknown", error, isFinal: true };
}

function withStorableVideos(answer: Extract<EventPayload, { type: "job-finished" }>): EventPayload {
  const videos = answer.videos.filter(isUsable);
  const [first] = answer.videos;
  if (videos.length > 0 || first === undefined) return { ...answer, videos };
  const { attempt, effect } = answer;
  const error = videoErrorData("result-unusable", {
    message: `The address of the video is longer than ${LONGEST_TEXT} characters, or none, so it cannot be kept.`,
    details: { limit: LONGEST_TEXT, url: cut(String(first), LONGEST_DETAIL) },
  });
  return { type: "job-failed", attempt, effect, error };
}

/** As much of an unusable address as a developer needs to recognise it. */
const LONGEST_DETAIL = 1_000;
/** A message is shown, and written to the row. A server may put a whole page into one. */
const LONGEST_MESSAGE = 2_000;
/** Details are for people; a storage on a phone holds a few megabytes. */
const LONGEST_DETAILS = 32_768;

function storableError({ code, message, ...rest }: VideoErrorData): VideoErrorData {
  const known = Object.hasOwn(VIDEO_ERRORS, code) ? code : "internal";
  return videoErrorData(known, {
    ...rest,
    message: typeof message === "string" ? cut(message, LONGEST_MESSAGE) : undefined,
    retryable: typeof rest.retryable === "boolean" ? rest.retryable : undefined,
    phase: textOrNone(rest.phase),
    retryAfterMs: numberOrNone(rest.retryAfterMs),
    details: storableDetails(rest.details),
  });
}

function storableDetails(details: VideoErrorData["details"]): VideoErrorData["details"] {
  if (details === undefined) return undefined;
  try {
    const text = JSON.stringify(details);
    return text.length <= LONGEST_DETAILS ? details : { cut: cut(text, LONGEST_DETAIL) };
  } catch {
    return { lost: "They are not JSON." };
  }
}

/** The beginning of a text, without half characters: a backend refuses all of a call that has one, such as the mark of a failed row. */
function cut(text: string, longest: number): string {
  return text.slice(0, longest).replace(/\p{Cs}/gu, "\uFFFD");
}

function textOrNone(value: unknown): string | undefined {
  return isUsable(value) ? value : undefined;
}

/** Whether it can be stored and sent on: half a character fits into no address, and Convex refuses every call that has one. */
function isUsable(value: unknown): value is string {
  return isStorableText(value) && !/\p{Cs}/u.test(value);
}

function numberOrNone(value: unknown): number | undefined {
  return isStorableNumber(value) ? value : undefined;
}
