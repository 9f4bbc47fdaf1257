// A `saveVideos` for providers whose addresses expire: fetches each such video and sends it to the app's storage.
import { VideoError } from "../errors.ts";
import type { SaveVideos, SaveVideosContext } from "./save-videos.ts";

/** A video that was downloaded to the device. */
export interface DownloadedVideo {
  /** Where it is, such as `file:///…/video.mp4`. */
  readonly uri: string;
  /** Bytes, where they are known. */
  readonly byteLength?: number | undefined;
  /** The HTTP status that it came with, where the download resolves whatever it was (`downloadAsync`): anything but 200 is no video. */
  readonly status?: number | undefined;
  /** Deletes the file. Called once, when it was sent or could not be. */
  remove?(): unknown;
}

/** Options of {@link copyTemporaryVideos}. */
export interface CopyTemporaryVideosOptions {
  /** The hosts whose addresses expire, such as `["tempfile.aiquickdraw.com"]` for kie.ai. A host means that very host. */
  readonly hosts: readonly string[];
  /**
   * Downloads a video to a file, which `platform.put` then streams from the disk: on a phone the video is never in memory. Should stop when
   * the signal is aborted. Left out: the video is fetched into memory as a Blob, and sent from there.
   */
  readonly download?: ((url: string, options: { signal: AbortSignal }) => Promise<DownloadedVideo>) | undefined;
  /** The largest video that is fetched into memory, in bytes. Default 100,000,000. Does not matter with `download`. */
  readonly maxBytes?: number | undefined;
  /** Default: the runtime's, looked up when a video is fetched. */
  readonly fetch?: ((url: string, init: { signal: AbortSignal }) => Promise<Response>) | undefined;
}

/** 100 MB: some 60 seconds of 1080p. */
const MAX_BYTES = 100_000_000;

/**
 * Copies the videos of these hosts to the app's storage, one after another; the others keep their address. One that cannot be copied fails the
 * step: its row shows the provider's address, and the next start tries again. In a browser the host must allow the page to read it (CORS).
 *
 * @throws `VideoError` `not-configured` for a list of hosts that is empty or contains anything but host names.
 * @example
 * createVideoEngine({ convex, http, saveVideos: copyTemporaryVideos({ hosts: ["tempfile.aiquickdraw.com"] }) });
 */
export function copyTemporaryVideos(options: CopyTemporaryVideosOptions): SaveVideos {
  const hosts = new Set(checkedHosts(options.hosts));
  const copy = options.download === undefined ? throughMemory(options) : throughFile(options.download);
  return async (videos, context) => {
    const saved: string[] = [];
    // One at a time: two videos would need twice the memory.
    for (const url of videos) saved.push(hosts.has(hostOf(url)) ? await copy(url, context) : url);
    return saved;
  };
}

type Copy = (url: string, context: SaveVideosContext) => Promise<string>;

function throughFile(download: NonNullable<CopyTemporaryVideosOptions["download"]>): Copy {
  return async (url, { signal, upload }) => {
    const { uri, byteLength, status, remove } = await download(url, { signal });
    try {
      const why = whyNoVideo(status);
      if (why !== undefined) throw why;
      return await upload({ uri, byteLength });
    } finally {
      letGo(remove);
    }
  };
}

/** A file that cannot be deleted, or is not in time, does not undo its upload. */
function letGo(remove: DownloadedVideo["remove"]): void {
  void (async () => await remove?.())().catch(() => undefined);
}

function throughMemory({ maxBytes = MAX_BYTES, fetch: fetchVideo }: CopyTemporaryVideosOptions): Copy {
  return async (url, { signal, upload }) => {
    const response = await (fetchVideo ?? fetch)(url, { signal }).catch(unreachable);
    const why = whyUnusable(response, maxBytes);
    // An unread body keeps its connection open in Node.
    if (why !== undefined) await response.body?.cancel();
    if (why !== undefined) throw why;
    const video = await response.blob();
    if (video.size === 0 || video.size > maxBytes) throw wrongSize(video.size, maxBytes);
    return upload(video);
  };
}

function unreachable(cause: unknown): never {
  throw new VideoError("unreachable", { message: "The video's host cannot be reached.", cause });
}

/** The statuses by which a storage says that a file is not there any more. */
const GONE: ReadonlySet<number> = new Set([404, 410]);

function whyNoVideo(status = 200): VideoError | undefined {
  if (status === 200) return undefined;
  if (!GONE.has(status)) return failed(`The video's host answered ${status}.`);
  return new VideoError("not-found", { message: `The video is gone: its host answered ${status}.` });
}

function whyUnusable({ status, headers }: Response, maxBytes: number): VideoError | undefined {
  const why = whyNoVideo(status);
  if (why !== undefined) return why;
  const type = headers.get("content-type") ?? "";
  if (/^(?:text\/|application\/json)/i.test(type))
    return failed(`The video's host answered with ${type.slice(0, 50)}.`);
  const bytes = Number(headers.get("content-length") ?? 0);
  return bytes > maxBytes ? wrongSize(bytes, maxBytes) : undefined;
}

function wrongSize(bytes: number, maxBytes: number): VideoError {
  return failed(
    bytes === 0
      ? "The video's host answered with no bytes."
      : `The video has ${bytes} bytes, and at most ${maxBytes} are fetched into memory. Pass \`download\`, or a larger \`maxBytes\`.`,
  );
}

function failed(message: string): VideoError {
  return new VideoError("upload-failed", { message });
}

const HOST = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;

function checkedHosts(hosts: unknown): readonly string[] {
  const given: readonly unknown[] = Array.isArray(hosts) ? hosts : [];
  const names = given.filter((host) => typeof host === "string" && HOST.test(host));
  if (names.length > 0 && names.length === given.length) return names.map((host) => String(host).toLowerCase());
  const bad = given.find((host) => !names.includes(host));
  throw new VideoError("not-configured", {
    message: `copyTemporaryVideos: \`hosts\` ${given.length === 0 ? "is empty" : `has ${JSON.stringify(bad)}`}. Pass host names without a scheme, such as ["tempfile.aiquickdraw.com"].`,
  });
}

const URL_HOST = /^https?:\/\/([a-z0-9.-]+)(?::\d+)?(?:[/?#]|$)/i;

/** React Native's URL does not check, and reads no host. An address with a user in it has none here. */
function hostOf(url: string): string {
  return URL_HOST.exec(url)?.[1]?.toLowerCase() ?? "";
}
