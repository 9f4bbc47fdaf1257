// One PUT with an end to its patience: nobody waits for ever on a connection that has died in silence, or on a file that the native side
// cannot open and does not say so.
import { isVideoError, videoErrorData, type VideoErrorData } from "../errors.ts";
import type { Clock, LocalFile, PutFile } from "../ports.ts";
import type { UploadOptions } from "./file-uploader.ts";

/** Once progress was reported, it may stand still for this long. */
const STILL_MS = 60_000;
/** A PUT that reports none may take this long for nothing, and as long again as its bytes need on a very slow connection. */
const SILENT_MS = 60_000;
const SLOWEST_BYTES_PER_MS = 16;
/** What a file of unknown size is taken for: the largest picture. */
const UNKNOWN_BYTES = 20_000_000;

/** What a PUT came to: the storage's status, or why there is none. */
export type PutAnswer = { readonly status: number } | { readonly error: VideoErrorData };

/** What is put, and how. */
export interface PutTask extends UploadOptions {
  readonly put: PutFile;
  readonly uploadUrl: string;
  readonly file: LocalFile;
  readonly clock: Clock;
}

/** Puts one file. Never throws. Whoever waits is told by the signal itself, because a `put` may ignore it. */
export async function putWithin({ put, uploadUrl, file, clock, ...options }: PutTask): Promise<PutAnswer> {
  const { signal, onProgress } = options;
  if (signal.aborted) return GIVEN_UP;
  const controller = new AbortController();
  const end = (): void => controller.abort();
  const ended = new Promise<PutAnswer>((resolve) => {
    controller.signal.addEventListener("abort", () => resolve(GIVEN_UP));
  });
  signal.addEventListener("abort", end);
  let timer = clock.setTimeout(end, patienceMs(file));
  let isOver = false;
  const tell: PutTask["onProgress"] = (progress) => {
    if (isOver || controller.signal.aborted) return;
    clock.clearTimeout(timer);
    timer = clock.setTimeout(end, STILL_MS);
    onProgress(progress);
  };
  try {
    return await Promise.race([put({ uploadUrl, file, signal: controller.signal, onProgress: tell }), ended]);
  } catch (cause) {
    // A `put` that was canceled by others than us, such as the system, has only not answered.
    return isVideoError(cause) && cause.code !== "canceled" ? { error: cause.toJSON() } : GIVEN_UP;
  } finally {
    isOver = true;
    clock.clearTimeout(timer);
    signal.removeEventListener("abort", end);
  }
}

const GIVEN_UP: PutAnswer = { error: videoErrorData("unreachable") };

function patienceMs({ byteLength = UNKNOWN_BYTES }: LocalFile): number {
  return SILENT_MS + byteLength / SLOWEST_BYTES_PER_MS;
}
