// Saves the finished video to a file on disk.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import pRetry, { AbortError } from "p-retry";
import type { GenerationResult } from "@video-engine/video-sdk";
import { asCallerSees, calledFrom } from "./called-from.ts";

/**
 * A download that fails for a passing reason is tried up to five times, after 1, 2, 4 and 8 s: the video is paid for, and file hosts
 * recover within seconds. None begins later than 5 minutes after the first, so that a large file may break off once.
 */
const RETRIES = { retries: 4, minTimeout: 1000, factor: 2, maxRetryTime: 300_000 };

/** Downloads the first video. Returns the file's path, relative to where the command was called. */
export async function saveVideo(
  { id, videos }: Pick<GenerationResult, "id" | "videos">,
  output: string | undefined,
): Promise<string> {
  const [url] = videos;
  if (url === undefined) throw new Error("The generation has no video to save.");
  const file = calledFrom(output ?? `out/${id}.mp4`);
  const bytes = await download(url);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
  return asCallerSees(file);
}

/** A host that may answer later. */
class BusyError extends Error {
  readonly retryAfterMs: number;

  constructor(message: string, retryAfterMs: number) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

async function download(url: string): Promise<Uint8Array> {
  const endsAt = Date.now() + RETRIES.maxRetryTime;
  return await pRetry(async () => await fetchFile(url), {
    ...RETRIES,
    // p-retry itself waits for `retryDelay` afterwards; a longer Retry-After needs the rest of its time here.
    shouldRetry: async ({ error, retryDelay }) => {
      const waitMs = error instanceof BusyError ? error.retryAfterMs - retryDelay : 0;
      if (waitMs <= 0) return true;
      if (Date.now() + waitMs + retryDelay > endsAt) return false;
      await new Promise<void>((resolve) => void setTimeout(resolve, waitMs));
      return true;
    },
  });
}

// A dropped connection rejects with a TypeError that p-retry knows as one of the network.
async function fetchFile(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  const { status, headers } = response;
  const message = `The video could not be downloaded: ${url} answered ${status}.`;
  const isBusy = status >= 500 || status === 408 || status === 429;
  if (!isBusy) throw new AbortError(message);
  throw new BusyError(message, Number(headers.get("retry-after") ?? 0) * 1000 || 0);
}
