// Judges what is known of a file against the limits of its place. Every refusal names the value, the limit and the way out.
import type { VideoRequestIssue } from "@video-engine/video-models";
import type { LocalFile } from "../ports.ts";
import { UNKNOWN_TYPE } from "./content-type-of.ts";
import { fileLimits, maxBytesOf, type FileLimits, type FileUse } from "./file-limits.ts";

/** What is known of a file. */
export interface FileFacts extends Omit<LocalFile, "source" | "contentType"> {
  /** Undefined while only the bytes could tell and nobody has looked. */
  readonly contentType: string | undefined;
}

/** What is wrong with a file in a place of a request; without a place, with any upload of it. What is not known is not judged. */
export function checkFile(facts: FileFacts, use?: FileUse): readonly VideoRequestIssue[] {
  const limits = fileLimits(use);
  const problem = CHECKS.map((check) => check(facts, limits)).find((found) => found !== undefined);
  return problem === undefined ? [] : [{ path: use?.path ?? "", ...problem }];
}

type Problem = Omit<VideoRequestIssue, "path">;
type Check = (facts: FileFacts, limits: FileLimits) => Problem | undefined;

const type: Check = ({ contentType }, { whose, contentTypes }) => {
  if (contentType === undefined || contentTypes.includes(contentType)) return undefined;
  const taken = `${whose} takes ${contentTypes.join(", ")} here`;
  const wayOut = contentTypes.includes("image/jpeg")
    ? "Convert it, or ask the picker for a JPEG."
    : "Convert it to MP4.";
  const message =
    contentType === UNKNOWN_TYPE
      ? `${taken}; of this file nobody says what it is. Say it: the type of a Blob, or the mimeType of an asset.`
      : `${taken}; this file is ${contentType}. ${wayOut}`;
  return { message, value: contentType, allowed: contentTypes };
};

const weight: Check = ({ byteLength, contentType }, limits) => {
  if (byteLength === undefined) return undefined;
  if (byteLength === 0) return { message: "The file is empty. Attach another one.", value: 0 };
  const maxBytes = maxBytesOf(limits, contentType);
  if (byteLength <= maxBytes) return undefined;
  const message = `${limits.whose} takes at most ${maxBytes} bytes here; this file has ${byteLength}. Make it smaller.`;
  return { message, value: byteLength };
};

const sides: Check = ({ width, height }, { whose, minSide = 0, maxSide = Infinity }) => {
  if (width === undefined || height === undefined) return undefined;
  const value = `${width} x ${height}`;
  if (Math.min(width, height) < minSide)
    return {
      message: `${whose} needs at least ${minSide} pixels each way here; this is ${value}. Attach a larger one.`,
      value,
    };
  if (Math.max(width, height) > maxSide)
    return {
      message: `${whose} takes at most ${maxSide} pixels each way here; this is ${value}. Scale it down.`,
      value,
    };
  return undefined;
};

const shape: Check = ({ width, height }, { whose, minRatio = 0, maxRatio = Infinity }) => {
  if (width === undefined || height === undefined) return undefined;
  const ratio = width / height;
  if (ratio >= minRatio && ratio <= maxRatio) return undefined;
  const value = `${width} x ${height}`;
  const message = `${whose} takes pictures whose width is ${minRatio} to ${maxRatio} times their height here; this is ${value}. Crop it.`;
  return { message, value };
};

const CHECKS: readonly Check[] = [type, weight, sides, shape];
