// Takes the files out of a request and sends them when the generation asks: checks each file in its place, and puts its URL there, or a
// placeholder until it is uploaded.
import type { VideoRequest, VideoRequestIssue } from "@video-engine/video-models";
import { placeholderFor, SINGLE_URLS, URL_LISTS, withoutUrls } from "../core/upload-placeholder.ts";
import type { VideoErrorData } from "../errors.ts";
import type { FileUploads, StoredFile, TakenFile, TakenRequest } from "../file-ports.ts";
import type { VideoPlatform } from "../platform-ports.ts";
import type { AttachedFile, KnownFiles } from "./attached-file.ts";
import type { AttachedFiles, GenerateRequest } from "./attachment.ts";
import { causeText } from "../thrown-error.ts";
import { checkFile, type FileUse } from "./check-file.ts";
import { refusedFile, unsendableFile, uploadFailure } from "./upload-failure.ts";

/** A file in its place in a request. The place is undefined for a file of an earlier start of the app, which has checked it then. */
export interface UsedFile {
  readonly file: AttachedFile;
  readonly use: FileUse | undefined;
}

/** What taking needs. */
export interface TakeOptions extends Pick<VideoPlatform, "createId"> {
  readonly files: KnownFiles;
  /** The files that were taken, by their ids. */
  readonly used: Map<string, UsedFile>;
}

/** Takes known files out of requests. Never throws, also for an untyped caller's values. */
export function createTake({ files, used, createId }: TakeOptions): (request: GenerateRequest) => TakenRequest {
  const take = (given: GenerateRequest): TakenRequest => {
    if (typeof given !== "object" || given === null) return { request: given, files: [], issues: [] };
    const taken: TakenFile[] = [];
    const issues: VideoRequestIssue[] = [];
    const request = mapSources(given, (source, path) => {
      const found = files.find(source);
      if ("url" in found) return found.url;
      const use = { model: given.model, path };
      const wrong = "error" in found ? [issueOf(found.error, path)] : checkFile(found.file.getFacts(), use);
      issues.push(...wrong);
      if ("error" in found || wrong.length > 0) return placeholderFor("refused");
      const { file } = found;
      const url = file.getUrl();
      if (url !== undefined) return url;
      const fileId = createId();
      used.set(fileId, { file, use });
      taken.push({ fileId, stored: file.stored });
      return placeholderFor(fileId);
    });
    return { request, files: taken, issues };
  };
  return (given) => {
    try {
      return take(given);
    } catch (cause) {
      const message = `The request cannot be read. Pass a plain object. (${causeText(cause)})`;
      return { request: NOTHING_READ, files: [], issues: [{ path: "", message }] };
    }
  };
}

/** A file that cannot be sent, as an issue of its place. */
function issueOf({ message, details }: VideoErrorData, path: string): VideoRequestIssue & { readonly rule: unknown } {
  return { path, message, rule: details?.["rule"] };
}

/** Lacks what every request needs, so it is refused. */
const NOTHING_READ = {} as VideoRequest; // its check names what it lacks

/** Sends taken files by their ids. Rules that need a file's bytes are checked here, before any byte is sent. */
export function createFileUploads(files: KnownFiles, used: Map<string, UsedFile>): FileUploads {
  const findFile = (fileId: string, stored: StoredFile | undefined): UsedFile | undefined => {
    const before = used.get(fileId);
    if (before !== undefined || stored === undefined) return before;
    const { uri, contentType, byteLength } = stored;
    const file = files.newFile({ contentType, byteLength, fileName: undefined, source: { uri } });
    const restored = { file, use: undefined };
    used.set(fileId, restored);
    return restored;
  };
  return {
    async upload({ fileId, stored, ...options }) {
      const found = findFile(fileId, stored);
      if (found === undefined) return uploadFailure(unsendableFile("file-lost"));
      const facts = await found.file.inspect();
      const issues = facts === undefined ? [] : checkFile(facts, found.use);
      return issues.length > 0 ? uploadFailure(refusedFile(issues)) : found.file.upload(options);
    },
  };
}

/** Returns the URL for a source. The path is that of an issue: `klingO1Elements.0.frontalImageUrl`. */
export type PlaceSource = (source: unknown, path: string) => string;

type Urls = { -readonly [Field in keyof AttachedFiles]: VideoRequest[Field] };

/**
 * The request with a URL in the place of each source. Values that should be lists and are none, from an untyped caller, stay as they are:
 * the check of the request names them.
 */
export function mapSources(request: GenerateRequest, place: PlaceSource): VideoRequest {
  const { klingO1Elements, keyframes } = request;
  const urls: Urls = {};
  for (const field of SINGLE_URLS) {
    if (request[field] !== undefined) urls[field] = place(request[field], field);
  }
  const all = (sources: readonly unknown[], path: string): readonly string[] =>
    each(sources, (source, index) => place(source, `${path}.${index}`));
  for (const field of URL_LISTS) {
    const sources = request[field];
    if (sources !== undefined) urls[field] = all(sources, field);
  }
  if (keyframes !== undefined) {
    urls.keyframes = each(keyframes, (keyframe, index) => ({
      ...keyframe,
      imageUrl: place(keyframe?.imageUrl, `keyframes.${index}.imageUrl`),
    }));
  }
  if (klingO1Elements !== undefined) {
    urls.klingO1Elements = each(klingO1Elements, (element, index) => ({
      ...element,
      frontalImageUrl: place(element?.frontalImageUrl, `klingO1Elements.${index}.frontalImageUrl`),
      referenceImageUrls: all(element?.referenceImageUrls, `klingO1Elements.${index}.referenceImageUrls`),
    }));
  }
  return { ...withoutUrls(request), ...urls };
}

function each<T, U>(list: readonly T[], map: (item: T, index: number) => U): readonly U[] {
  return Array.isArray(list) ? list.map(map) : (list as never); // no list at all: an untyped caller's mistake
}
