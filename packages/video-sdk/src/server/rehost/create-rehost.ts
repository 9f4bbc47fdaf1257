// Copies finished videos from a provider's temporary storage to the app's own, each once. Knows no provider and no route.
import type { VideoModelId } from "@video-engine/video-models";
import { systemClock } from "../../platform/system.ts";
import type { Clock } from "../../platform-ports.ts";
import { checkRuntime } from "../check-runtime.ts";
import { isLoopbackUrl } from "../providers/sort-video-urls.ts";
import { readUrl } from "../read-url.ts";
import { bytesOf, sha256Hex } from "../hmac.ts";
import type { UploadStorage } from "../uploads/upload-storage.ts";
import { retryRead } from "../retry-read.ts";
import { userVideoFolder } from "../uploads/user-folder.ts";
import { withinDeadline } from "../within-deadline.ts";
import type { Checkable } from "../settings/setting-finding.ts";
import { checkHosts, checkPublicUrl } from "./check-public-url.ts";
import { CopyFailedError, copyToStorage } from "./copy-to-storage.ts";
import { readDataVideo, type DataVideo } from "./data-video.ts";

/** Whose video it is. */
export interface RehostedVideo {
  readonly userId: string;
  readonly modelId: VideoModelId;
}

/**
 * Returns a lasting URL for a provider's URL. After a throw the user gets the provider's URL. Also called with URLs that no user gets: longer than
 * 2048 characters, http, or `data:video/...`. After a throw for such a video its job fails, or is asked about again where the error is `retryable`.
 */
export type Rehost = (videoUrl: string, video: RehostedVideo) => Promise<string>;

/** How videos are copied. */
export interface RehostOptions {
  readonly storage: UploadStorage;
  /** The global `fetch`, or one that uses a proxy. It must honour `redirect: "manual"`, and must not retry: failed copies are retried here. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** Hosts that videos may be copied from; `.fal.media` stands for all hosts below it. See `checkPublicUrl`. */
  readonly allowedHosts: readonly string[];
  /**
   * Also copies from http URLs of this machine, whatever `allowedHosts` says: for a sandbox of the providers. Default false. Not for production,
   * where it would read what is on the server's own addresses.
   */
  readonly allowsLoopback?: boolean | undefined;
  /** Default 500 MB. */
  readonly maxBytes?: number | undefined;
  /** Time limit of a copy with its retries, milliseconds. Default 15 000: a status request waits for it, after it has waited for the job. */
  readonly timeoutMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

const DEFAULT_MAX_BYTES = 500_000_000;
const DEFAULT_TIMEOUT_MS = 15_000;
/** How many copies are remembered. A forgotten video is copied again, to the same key. */
const MAX_REMEMBERED = 1000;

/**
 * Builds the copying. A video's key is made of its user and its URL, so copying it twice gives the same URL and one file. Calls at the
 * same time share one copy. A copy that fails for a passing reason is tried up to three times; the next call tries again.
 */
export function createRehost(options: RehostOptions): Rehost & Checkable {
  checkRuntime("createRehost", ["TransformStream"]);
  const copies = new Map<string, Promise<string>>();
  const rehost: Rehost = async (videoUrl, { userId }) => {
    const key = `${await userVideoFolder(userId)}/${(await sha256Hex(bytesOf(videoUrl))).slice(0, 32)}`;
    const copy = copies.get(key) ?? copyOnce(videoUrl, key, options);
    copies.set(key, copy);
    const oldest = copies.keys().next().value;
    if (copies.size > MAX_REMEMBERED && oldest !== undefined) copies.delete(oldest);
    try {
      return await copy;
    } catch (error) {
      if (copies.get(key) === copy) copies.delete(key);
      throw error;
    }
  };
  return Object.assign(rehost, { check: () => checkHosts("createRehost.allowedHosts", options) });
}

async function copyOnce(videoUrl: string, key: string, options: RehostOptions): Promise<string> {
  const { storage, fetch, clock = systemClock, timeoutMs = DEFAULT_TIMEOUT_MS, maxBytes = DEFAULT_MAX_BYTES } = options;
  const from = sourceOf(videoUrl, options);
  const copy = (signal: AbortSignal): Promise<string> =>
    retryRead(async () => await copyToStorage({ from, key, storage, fetch, maxBytes, signal }), {
      clock,
      withinMs: timeoutMs,
      signal,
    });
  const late = (): Error => new CopyFailedError(`The copy took longer than ${timeoutMs} ms.`, { retryable: true });
  return await withinDeadline(copy, { clock, ms: timeoutMs, late });
}

/** A signed URL may be longer than one that users get. */
const MAX_SOURCE_LENGTH = 65_536;

/** Where the video is read from. What is not https is read over https all the same; a `data:` URL holds the video itself. */
function sourceOf(videoUrl: string, { allowedHosts, allowsLoopback = false }: RehostOptions): URL | DataVideo {
  const data = readDataVideo(videoUrl);
  if (data !== undefined) return data;
  const local = allowsLoopback ? readUrl(videoUrl) : undefined;
  if (local !== undefined && isLoopbackUrl(local)) return local;
  const secure = videoUrl.replace(/^http:/i, "https:");
  const check = checkPublicUrl(secure, { allowedHosts, maxLength: MAX_SOURCE_LENGTH });
  if (!check.isAllowed) throw new CopyFailedError(`The video's URL is not copied: ${check.reason}.`);
  return check.url;
}
