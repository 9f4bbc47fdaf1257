// Saves the finished video to a file on disk. Whether that can work is found out before the video is paid for.
import { createWriteStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import pRetry, { AbortError } from "p-retry";
import { asCallerSees, calledFrom } from "./called-from.ts";
import { fileReason, UsageError } from "./usage-error.ts";

/**
 * A download that fails for a passing reason is tried up to five times, after 1, 2, 4 and 8 s: the video is paid for, and file hosts
 * recover within seconds. None begins later than 5 minutes after the first, so that a large file may break off once.
 */
const RETRIES = { retries: 4, minTimeout: 1000, factor: 2, maxRetryTime: 300_000 };

/** A place on the disk that can be written to. */
export interface Output {
  /** Downloads a video there: whole, or not at all. Returns the file's path, relative to where the command was called. */
  save(url: string, signal?: AbortSignal): Promise<string>;
  /** Removes what is not needed. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Makes the folder of a file, and a draft in it. Throws {@link UsageError} where nothing can be written, and where a file is there that
 * may be another video that was paid for, unless it is to be replaced.
 */
export async function openOutput(path: string, { replaces = false } = {}): Promise<Output> {
  const file = calledFrom(path);
  const draft = join(dirname(file), `.${basename(file)}.${process.pid}.part`);
  try {
    await refuseTaken({ file, path, replaces });
    await mkdir(dirname(file), { recursive: true });
    await (await open(draft, "w")).close();
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(`Nothing can be saved as "${path}": ${reasonOf(cause)}. Give another --output.`, { cause });
  }
  return {
    async save(url, signal) {
      await download(url, { draft, signal });
      await rename(draft, file);
      return asCallerSees(file);
    },
    close: () => rm(draft, { force: true }),
  };
}

/** Why a file was not saved, as a sentence without its full stop. */
export function reasonOf(cause: unknown): string {
  return fileReason(cause) ?? (cause instanceof Error ? cause.message.replace(/\.$/, "") : String(cause));
}

interface Wanted {
  readonly file: string;
  /** As it was given. */
  readonly path: string;
  readonly replaces: boolean;
}

async function refuseTaken({ file, path, replaces }: Wanted): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory() === true || /[\\/]$/.test(path))
    throw new UsageError(`--output takes a file, and "${path}" is a folder. Try: --output ${join(path, "video.mp4")}`);
  if (found?.isFile() === true && !replaces)
    throw new UsageError(`"${path}" is there already, and is not written over. Move it, or give another --output.`);
}

/** A host that may answer later. */
class BusyError extends Error {
  readonly retryAfterMs: number;

  constructor(message: string, retryAfterMs: number) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

interface Download {
  readonly draft: string;
  readonly signal: AbortSignal | undefined;
}

async function download(url: string, options: Download): Promise<void> {
  const endsAt = Date.now() + RETRIES.maxRetryTime;
  await pRetry(async () => await fetchInto(url, options), {
    ...RETRIES,
    ...(options.signal && { signal: options.signal }),
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
async function fetchInto(url: string, { draft, signal }: Download): Promise<void> {
  const response = await fetch(url, { signal: signal ?? null });
  if (response.ok && response.body !== null) {
    await pipeline(response.body, createWriteStream(draft), { signal });
    if ((await stat(draft)).size > 0) return;
    throw new BusyError(`The video could not be downloaded: ${url} sent nothing.`, 0);
  }
  const { status, headers } = response;
  const message = `The video could not be downloaded: ${url} answered ${status}.`;
  const isBusy = status >= 500 || status === 408 || status === 429;
  if (!isBusy) throw new AbortError(message);
  throw new BusyError(message, Number(headers.get("retry-after") ?? 0) * 1000 || 0);
}
