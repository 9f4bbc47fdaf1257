// One upload that several may wait for: whoever comes while it runs joins it, and it is ended when the last of them has left.
import { videoErrorData } from "../errors.ts";
import type { CallResult, UploadProgress } from "../ports.ts";
import type { UploadOptions } from "./file-uploader.ts";
import { uploadFailure } from "./upload-failure.ts";

/** Sends one file, once. */
export type Upload = (options: UploadOptions) => Promise<CallResult<string>>;

interface Running {
  readonly controller: AbortController;
  readonly listeners: Set<UploadOptions["onProgress"]>;
  readonly result: Promise<CallResult<string>>;
  last: UploadProgress | undefined;
}

/** The same upload, to be joined. `start` must not throw. */
export function createSharedUpload(start: Upload): Upload {
  let running: Running | undefined;
  return async ({ signal, onProgress }) => {
    if (signal.aborted) return CANCELED;
    const joined = (running ??= begin(start));
    const own: UploadOptions["onProgress"] = (progress) => onProgress(progress);
    joined.listeners.add(own);
    if (joined.last !== undefined) onProgress(joined.last);
    let leave = (): void => undefined;
    const left = new Promise<CallResult<string>>((resolve) => {
      leave = () => resolve(CANCELED);
      signal.addEventListener("abort", leave);
    });
    try {
      return await Promise.race([joined.result, left]);
    } finally {
      signal.removeEventListener("abort", leave);
      joined.listeners.delete(own);
      if (joined.listeners.size === 0) {
        if (running === joined) running = undefined;
        joined.controller.abort();
      }
    }
  };
}

const CANCELED = uploadFailure(videoErrorData("canceled"));

function begin(start: Upload): Running {
  const controller = new AbortController();
  const listeners: Running["listeners"] = new Set();
  const tell: UploadOptions["onProgress"] = (progress) => {
    running.last = progress;
    for (const listener of [...listeners]) listener(progress);
  };
  // Begins in a moment of its own, so that `tell` has what it writes to.
  const result = Promise.resolve().then(() => start({ signal: controller.signal, onProgress: tell }));
  const running: Running = { controller, listeners, result, last: undefined };
  return running;
}
