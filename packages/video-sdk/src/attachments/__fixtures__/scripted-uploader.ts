// An uploader whose uploads end when a test says so, and attachments over it in simulated time.
import { videoErrorData, type VideoErrorData } from "../../errors.ts";
import type { FileUploader, LocalFile, UploadOptions, UploadProgress } from "../../file-ports.ts";
import type { CallResult } from "../../ports.ts";
import { createTestClock } from "../../testing/test-clock.ts";
import { createAttachments } from "../create-attachments.ts";
import { uploadFailure } from "../upload-failure.ts";

/** One upload that was begun. */
export interface BegunUpload {
  readonly file: LocalFile;
  readonly signal: AbortSignal;
  progress(progress: UploadProgress): void;
  succeed(url?: string): void;
  fail(error?: VideoErrorData): void;
}

/** What a broken network comes to. */
export const UNREACHABLE = videoErrorData("unreachable");

/** An uploader, and what it was asked for, in order, until it forgets that. */
export function scriptedUploader(): FileUploader & { readonly begun: readonly BegunUpload[]; forget(): void } {
  const begun: BegunUpload[] = [];
  return {
    begun,
    forget: () => void begun.splice(0),
    upload: (file, { signal, onProgress }: UploadOptions) =>
      new Promise<CallResult<string>>((resolve) => {
        const url = `https://cdn.example/${begun.length + 1}.png`;
        signal.addEventListener("abort", () => resolve(uploadFailure(videoErrorData("canceled"))));
        begun.push({
          file,
          signal,
          progress: onProgress,
          succeed: (value = url) => resolve({ ok: true, value }),
          fail: (error = UNREACHABLE) => resolve(uploadFailure(error)),
        });
      }),
  };
}

/** Attachments with ids `id-1`, `id-2`... */
export function attachmentsWorld() {
  const clock = createTestClock();
  const uploader = scriptedUploader();
  let ids = 0;
  const attachments = createAttachments({ uploader, clock, random: () => 1, createId: () => `id-${++ids}` });
  return {
    ...attachments,
    clock,
    begun: uploader.begun,
    forget: uploader.forget,
    /** The nth upload, from 0, once it has begun. */
    begunAt: async (index: number): Promise<BegunUpload> => {
      for (let turn = 0; turn < 1_000; turn++) {
        const found = uploader.begun[index];
        if (found !== undefined) return found;
        await nextTurn();
      }
      throw new Error(`Only ${uploader.begun.length} uploads have begun.`);
    },
  };
}

/** Lets the reads of Blobs end, which take turns of the event loop. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await nextTurn();
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
