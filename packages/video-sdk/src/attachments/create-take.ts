// Takes the files out of a request: judges each in its place, and puts its URL there, or one that stands for it until it is uploaded.
import type { VideoRequest, VideoRequestIssue } from "@video-engine/video-models";
import { placeholderFor } from "../core/upload-placeholder.ts";
import type { StoredFile, VideoPlatform } from "../ports.ts";
import type { AttachedFile } from "./attached-file.ts";
import type { GenerateRequest } from "./attached-video-request.ts";
import { checkFile } from "./check-file.ts";
import type { FileUse } from "./file-limits.ts";
import { findSource } from "./find-source.ts";
import type { KnownFiles } from "./known-files.ts";
import { mapSources } from "./map-sources.ts";

/** A file of a request that is still to be uploaded. */
export interface TakenFile {
  readonly fileId: string;
  /** What it can be found by after the app was closed. Undefined for what is in memory only. */
  readonly stored: StoredFile | undefined;
}

/** A request without files, and the files that were in it. */
export interface TakenRequest {
  /** With a URL in every place: the file's own, or `placeholderFor(fileId)`. */
  readonly request: VideoRequest;
  readonly files: readonly TakenFile[];
  /** What is wrong with the files. While there is anything, nothing of this request may be sent. */
  readonly issues: readonly VideoRequestIssue[];
}

/** A file in its place in a request. The place of what an earlier start of the app has left was judged then. */
export interface UsedFile {
  readonly file: AttachedFile;
  readonly use: FileUse | undefined;
}

/** What taking needs. */
export interface TakeOptions extends Pick<VideoPlatform, "createId"> {
  readonly files: KnownFiles;
  /** Where each file that was taken is noted, by its id. */
  readonly used: Map<string, UsedFile>;
}

/** Takes files that are known here. Never throws, whatever an untyped caller passes. */
export function createTake({ files, used, createId }: TakeOptions): (request: GenerateRequest) => TakenRequest {
  return (given) => {
    if (typeof given !== "object" || given === null) return { request: given, files: [], issues: [] };
    const taken: TakenFile[] = [];
    const issues: VideoRequestIssue[] = [];
    const request = mapSources(given, (source, path) => {
      const found = findSource(source, files.fileOf);
      if ("url" in found) return found.url;
      const use = { model: given.model, path };
      const wrong = "problem" in found ? [{ path, message: found.problem }] : checkFile(found.file.getFacts(), use);
      issues.push(...wrong);
      if ("problem" in found || wrong.length > 0) return placeholderFor("refused");
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
}
