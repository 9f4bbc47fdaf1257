// One upload that several callers share: a call while it runs joins it, and it is aborted when the last caller has left.
import { videoErrorData } from "../errors.ts";
import type { UploadOptions, UploadProgress } from "../file-ports.ts";
import type { CallResult } from "../ports.ts";
import { uploadFailure } from "./upload-failure.ts";

/** Sends one file, once. */
export type Upload = (options: UploadOptions) => Promise<CallResult<string>>;

interface Running {
  readonly controller: AbortController;
  readonly listeners: Set<UploadOptions["onProgress"]>;
  readonly result: Promise<CallResult<string>>;
  last: UploadProgress | undefined;
}

/** The same upload, which callers can join. `start` must not throw. */
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
  const report: UploadOptions["onProgress"] = (progress) => {
    running.last = progress;
    for (const listener of [...listeners]) listener(progress);
  };
  // Starts one microtask later, when `report` has the object that it writes to.
  const result = Promise.resolve().then(() => start({ signal: controller.signal, onProgress: report }));
  const running: Running = { controller, listeners, result, last: undefined };
  return running;
}
