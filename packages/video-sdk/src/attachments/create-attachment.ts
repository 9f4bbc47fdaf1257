// One attachment: an upload that is tried several times, and can be watched and canceled.
import { backoffMs } from "../core/backoff.ts";
import type { VideoErrorData } from "../errors.ts";
import { createObservable } from "../observable.ts";
import type { CallResult } from "../ports.ts";
import type { VideoPlatform } from "../platform-ports.ts";
import type { AttachedFile } from "./attached-file.ts";
import type { Attachment, AttachmentSnapshot } from "./attachment.ts";
import { waitFor } from "../wait-for.ts";

/** What an attachment needs beside its file. */
export interface AttachmentOptions extends Pick<VideoPlatform, "clock" | "random"> {
  readonly id: string;
}

/** How often a file is sent: about half a minute with the waits between. A generation repeats it by itself, and for longer. */
const MAX_TRIES = 6;
const BACKOFF = { firstMs: 1_000, maxMs: 15_000 };

/** Starts to upload a file. */
export function createAttachment(file: AttachedFile, options: AttachmentOptions): Attachment {
  const controller = new AbortController();
  const totalBytes = file.getFacts().byteLength;
  const state = createObservable(snapshotOf(options.id, { totalBytes }));
  const change = (changes: Partial<AttachmentSnapshot>): void => {
    if (state.get().status === "uploading") state.set({ ...state.get(), ...changes });
  };
  const upload = (): Promise<CallResult<string>> =>
    file.upload({
      signal: controller.signal,
      onProgress: ({ sentBytes, totalBytes }) => change({ sentBytes, totalBytes }),
    });

  const uploaded = tryFor(upload, controller.signal, options).then((result) => {
    const { byteLength = state.get().sentBytes } = file.getFacts();
    if (result.ok) change({ status: "uploaded", url: result.value, sentBytes: byteLength, totalBytes: byteLength });
    else change({ status: "failed", error: result.error });
    return state.get();
  });
  return {
    id: options.id,
    getSnapshot: state.get,
    subscribe: state.subscribe,
    cancel() {
      change({ status: "canceled" });
      controller.abort();
    },
    uploaded,
  };
}

/** An attachment without an upload: a URL, or a file that was refused. */
export function createSettledAttachment(
  id: string,
  end: { readonly url: string } | { readonly error: VideoErrorData },
): Attachment {
  const snapshot = snapshotOf(id, { ...end, status: "url" in end ? "uploaded" : "failed" });
  return {
    id,
    getSnapshot: () => snapshot,
    subscribe: () => () => undefined,
    cancel: () => undefined,
    uploaded: Promise.resolve(snapshot),
  };
}

function snapshotOf(id: string, rest: Partial<AttachmentSnapshot>): AttachmentSnapshot {
  return { id, status: "uploading", sentBytes: 0, totalBytes: undefined, url: undefined, error: undefined, ...rest };
}

async function tryFor(
  upload: () => Promise<CallResult<string>>,
  signal: AbortSignal,
  { clock, random }: AttachmentOptions,
): Promise<CallResult<string>> {
  for (let attempt = 1; ; attempt++) {
    const result = await upload();
    if (result.ok || !result.error.retryable || attempt >= MAX_TRIES || signal.aborted) return result;
    const waitMs = backoffMs(BACKOFF, { attempt, random: random(), hintMs: result.error.retryAfterMs });
    await waitFor(waitMs, { clock, signal });
  }
}
