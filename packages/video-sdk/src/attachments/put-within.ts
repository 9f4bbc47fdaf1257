// One PUT with a time limit, and what the storage's answer means. The limit ends a PUT whose connection died silently, or whose file the
// native side cannot open without saying so.
import { isVideoError, videoErrorData, type VideoErrorData } from "../errors.ts";
import type { LocalFile, PutFile, UploadOptions, UploadProgress } from "../file-ports.ts";
import type { Clock } from "../platform-ports.ts";
import { causeText } from "../thrown-error.ts";
import { fileSentence } from "./file-sentences.ts";
import { isFileGone } from "./is-file-gone.ts";
import { goneFile } from "./upload-failure.ts";

/** Milliseconds that a PUT may pause. */
const STILL_MS = 60_000;
/** A very slow connection. */
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
  const { file, clock, signal, onProgress } = task;
  if (signal.aborted) return UNANSWERED;
  const controller = new AbortController();
  const end = (): void => controller.abort();
  const ended = new Promise<VideoErrorData>((resolve) => {
    controller.signal.addEventListener("abort", () => resolve(UNANSWERED));
  });
  signal.addEventListener("abort", end);
  let timer = clock.setTimeout(end, patienceMs(file));
  let isOver = false;
  const report: PutTask["onProgress"] = (progress) => {
    if (isOver || controller.signal.aborted) return;
    clock.clearTimeout(timer);
    timer = clock.setTimeout(end, patienceMs(file, progress));
    onProgress(progress);
  };
  try {
    return await Promise.race([putOnce({ ...task, signal: controller.signal, onProgress: report }), ended]);
  } finally {
    isOver = true;
    clock.clearTimeout(timer);
    signal.removeEventListener("abort", end);
  }
}

async function putOnce(task: PutTask): Promise<VideoErrorData | undefined> {
  const { put, uploadUrl, file, signal, onProgress } = task;
  try {
    return errorOfStatus((await put({ uploadUrl, file, signal, onProgress })).status);
  } catch (cause) {
    if (await isFileGone(file, cause)) return goneFile(cause);
    if (isVideoError(cause) && cause.code !== "canceled") return cause.toJSON();
    // Only the system can have canceled it here: that is no answer, and no verdict.
    return videoErrorData("unreachable", { details: { reason: causeText(cause) } });
  }
}

const UNANSWERED = videoErrorData("unreachable");

/**
 * Milliseconds until the next sign of a PUT: a minute between two reports of progress; and a minute plus the time that all bytes need on a
 * very slow connection where no report is to be expected. That is before the first one, and after the one that says that all is sent: a
 * runtime counts what it has given to the system, a VPN or a proxy, and from there the bytes may still be on their way for as long.
 */
function patienceMs({ byteLength }: LocalFile, progress: Partial<UploadProgress> = {}): number {
  const [sentBytes, totalBytes] = [progress.sentBytes, progress.totalBytes].map(count);
  const allBytes = totalBytes ?? byteLength ?? sentBytes;
  const isReportDue = sentBytes !== undefined && sentBytes > 0 && allBytes !== undefined && sentBytes < allBytes;
  if (isReportDue) return STILL_MS;
  return STILL_MS + Math.max(byteLength ?? (sentBytes || UNKNOWN_BYTES), sentBytes ?? 0) / SLOWEST_BYTES_PER_MS;
}

/** An app's own put may report what is no number: a timer for it would end the PUT at once. */
function count(bytes: unknown): number | undefined {
  return typeof bytes === "number" && bytes >= 0 && bytes < MOST_BYTES ? bytes : undefined;
}

const MOST_BYTES = 1e10;

/**
 * Statuses that may not occur again, because each try asks for an address of its own: 401 and 403 for an address that was too old, 400 and
 * 408 for a connection that was too slow (S3 answers 400), 409 for another writer, 425 and 429 for too many requests, and 0 from a runtime
 * that knows no status.
 */
const PASSING: ReadonlySet<number> = new Set([0, 400, 401, 403, 408, 409, 425, 429]);

/** The error of a storage's status; undefined for 2xx. The status is in `details.status`. */
function errorOfStatus(status: number): VideoErrorData | undefined {
  if (status >= 200 && status < 300) return undefined;
  const [code, rule] =
    status === 413 ? (["too-large", "storage-limit"] as const) : (["upload-failed", "storage-refused"] as const);
  return videoErrorData(code, {
    message: fileSentence(rule, { value: status }),
    retryable: status >= 500 || PASSING.has(status),
    details: { rule, status },
  });
}
