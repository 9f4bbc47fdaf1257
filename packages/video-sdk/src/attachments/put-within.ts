// One PUT with a time limit, and what the storage's answer means. The limit ends a PUT whose connection died silently, or whose file the
// native side cannot open without saying so.
import { isVideoError, videoErrorData, type VideoErrorData } from "../errors.ts";
import type { Clock, LocalFile, PutFile, UploadOptions } from "../ports.ts";
import { causeText } from "../thrown-error.ts";

/** Milliseconds that a PUT may pause after it has reported progress. */
const STILL_MS = 60_000;
/** Milliseconds that a PUT without progress may take, beside the time that its bytes need on a very slow connection. */
const SILENT_MS = 60_000;
const SLOWEST_BYTES_PER_MS = 16;
/** The assumed size of a file of unknown size: the largest picture. */
const UNKNOWN_BYTES = 20_000_000;

/** One PUT. */
export interface PutTask extends UploadOptions {
  readonly put: PutFile;
  readonly uploadUrl: string;
  readonly file: LocalFile;
  readonly clock: Clock;
}

/** Puts one file. Returns why that failed; undefined when the storage has the file. Never throws, also where `put` ignores its signal. */
export async function putWithin(task: PutTask): Promise<VideoErrorData | undefined> {
  const { put, uploadUrl, file, clock, signal, onProgress } = task;
  if (signal.aborted) return UNANSWERED;
  const controller = new AbortController();
  const end = (): void => controller.abort();
  const ended = new Promise<VideoErrorData>((resolve) => {
    controller.signal.addEventListener("abort", () => resolve(UNANSWERED));
  });
  signal.addEventListener("abort", end);
  let timer = clock.setTimeout(end, timeLimitMs(file));
  let isOver = false;
  const report: PutTask["onProgress"] = (progress) => {
    if (isOver || controller.signal.aborted) return;
    clock.clearTimeout(timer);
    timer = clock.setTimeout(end, STILL_MS);
    onProgress(progress);
  };
  try {
    const answer = put({ uploadUrl, file, signal: controller.signal, onProgress: report });
    return await Promise.race([answer.then(({ status }) => errorOfStatus(status)), ended]);
  } catch (cause) {
    if (isVideoError(cause) && cause.code !== "canceled") return cause.toJSON();
    // Only the system can have canceled it here: that is no answer, and no verdict.
    return videoErrorData("unreachable", { details: { reason: causeText(cause) } });
  } finally {
    isOver = true;
    clock.clearTimeout(timer);
    signal.removeEventListener("abort", end);
  }
}

const UNANSWERED = videoErrorData("unreachable");

function timeLimitMs({ byteLength = UNKNOWN_BYTES }: LocalFile): number {
  return SILENT_MS + byteLength / SLOWEST_BYTES_PER_MS;
}

/**
 * Statuses that may not occur again, because each try asks for an address of its own: 401 and 403 for an address that was too old, 400 and
 * 408 for a connection that was too slow (S3 answers 400), 409 for another writer, 425 and 429 for too many requests, and 0 from a runtime
 * that knows no status.
 */
const PASSING: ReadonlySet<number> = new Set([0, 400, 401, 403, 408, 409, 425, 429]);

/** The error of a storage's status; undefined for 2xx. The status is in `details.status`. */
function errorOfStatus(status: number): VideoErrorData | undefined {
  if (status >= 200 && status < 300) return undefined;
  const details = { status };
  if (status === 413) return videoErrorData("too-large", { message: TOO_LARGE, details });
  return videoErrorData("upload-failed", {
    message: `The storage refused the file with status ${status}.`,
    retryable: status >= 500 || PASSING.has(status),
    details,
  });
}

const TOO_LARGE = "The storage takes no file as large as this one. Make it smaller.";
