// The app's file storage in memory. Takes a second of simulated time per file, reports progress, and fails when told to.
import { videoErrorData } from "../errors.ts";
import type { FileUploader, LocalFile } from "../file-ports.ts";
import type { CallResult } from "../ports.ts";
import type { Clock } from "../platform-ports.ts";
import { createFaultQueue, type Fault } from "./fault.ts";

/** A FileUploader for tests. */
export interface FakeUploads extends FileUploader {
  /** Every file that arrived, in order. */
  readonly files: readonly LocalFile[];
  /** How many times a file was sent. */
  readonly sent: number;
  failNext(method: "upload", fault: Fault): void;
}

const UPLOAD_MS = 1_000;

/** Creates an empty storage. The n-th file that arrives is `https://uploads.test/n`. */
export function createFakeUploads(clock: Clock): FakeUploads {
  const files: LocalFile[] = [];
  const faults = createFaultQueue<"upload">();
  let sent = 0;
  const arrive = (file: LocalFile): CallResult<string> => ({
    ok: true,
    value: `https://uploads.test/${files.push(file)}`,
  });
  return {
    files,
    get sent() {
      return sent;
    },
    failNext: faults.failNext,
    async upload(file, { signal, onProgress }) {
      sent++;
      const totalBytes = file.byteLength;
      onProgress({ sentBytes: 0, totalBytes });
      await waited(clock, signal);
      if (signal.aborted) return { ok: false, certainty: "unknown", error: videoErrorData("canceled") };
      if (totalBytes !== undefined) onProgress({ sentBytes: totalBytes, totalBytes });
      return faults.meet("upload", () => arrive(file));
    },
  };
}

function waited(clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = clock.setTimeout(resolve, UPLOAD_MS);
    signal.addEventListener("abort", () => {
      clock.clearTimeout(timer);
      resolve();
    });
  });
}
