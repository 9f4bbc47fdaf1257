// The download of a finished video: what is repeated, and when. Knows no place on the disk but its draft.
import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import pRetry, { AbortError } from "p-retry";
import { fileReason } from "./usage-error.ts";

/**
 * A download that fails for a passing reason is tried up to five times, after 1, 2, 4 and 8 s: the video is paid for, and file hosts
 * recover within seconds. None begins later than 5 minutes after the first, so that a large file may break off once.
 */
const RETRIES = { retries: 4, minTimeout: 1000, factor: 2, maxRetryTime: 300_000 };

/** A host that may answer later. */
class BusyError extends Error {
  readonly retryAfterMs: number;

  constructor(message: string, retryAfterMs: number) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

/** Downloads a video into a draft, whole or not at all. */
export async function download(url: string, draft: string): Promise<void> {
  const endsAt = Date.now() + RETRIES.maxRetryTime;
  await pRetry(async () => await fetchInto(url, draft), {
    ...RETRIES,
    // p-retry itself waits for `retryDelay` afterwards; a longer Retry-After needs the rest of its time here.
    shouldRetry: async ({ error, retryDelay }) => {
      if (fileReason(error) !== undefined) return false;
      const waitMs = error instanceof BusyError ? error.retryAfterMs - retryDelay : 0;
      if (waitMs <= 0) return true;
      if (Date.now() + waitMs + retryDelay > endsAt) return false;
      await new Promise<void>((resolve) => void setTimeout(resolve, waitMs));
      return true;
    },
  });
}

// A dropped connection rejects with a TypeError that p-retry knows as one of the network.
async function fetchInto(url: string, draft: string): Promise<void> {
  const response = await fetch(url);
  if (response.ok && response.body !== null) {
    await pipeline(response.body, createWriteStream(draft));
    if ((await stat(draft)).size > 0) return;
    throw new BusyError(`The video could not be downloaded: ${url} sent nothing.`, 0);
  }
  const { status, headers } = response;
  const message = `The video could not be downloaded: ${url} answered ${status}.`;
  const isBusy = status >= 500 || status === 408 || status === 429;
  if (!isBusy) throw new AbortError(message);
  throw new BusyError(message, Number(headers.get("retry-after") ?? 0) * 1000 || 0);
}
