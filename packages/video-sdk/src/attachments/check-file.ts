// Checks what is known of a file against the limits of its place in a request: the storage's own, and what the model's providers state.
// Every refusal names the value, the limit and the way out.
import { findVideoModel, type VideoRequestIssue } from "@video-engine/video-models";
import type { LocalFile } from "../file-ports.ts";
import { UNKNOWN_TYPE } from "./to-local-file.ts";

/** What is known of a file. */
export interface FileFacts extends Omit<LocalFile, "source" | "contentType"> {
  /** Undefined while only the bytes could tell and were not read yet. */
  readonly contentType: string | undefined;
}

/** The place of a file: a field of a request for a model. */
export interface FileUse {
  readonly model: string;
  /** As in an issue: `klingO1Images.0`. */
  readonly path: string;
}

/** What is wrong with a file in its place; without a place, with any upload of it. Facts that are not known are not checked. */
export function checkFile(facts: FileFacts, use?: FileUse): readonly VideoRequestIssue[] {
  const limits = fileLimits(use);
  const problem = CHECKS.map((check) => check(facts, limits)).find((found) => found !== undefined);
  return problem === undefined ? [] : [{ path: use?.path ?? "", ...problem }];
}

type Problem = Omit<VideoRequestIssue, "path">;
type Check = (facts: FileFacts, limits: FileLimits) => Problem | undefined;

const checkType: Check = ({ contentType }, { whose, contentTypes }) => {
  if (contentType === undefined || contentTypes.includes(contentType)) return undefined;
  const accepted = `${whose} takes ${contentTypes.join(", ")} here`;
  const wayOut = contentTypes.includes("image/jpeg")
    ? "Convert it, or ask the picker for a JPEG."
    : `Convert it to ${contentTypes.includes("video/mp4") ? "MP4" : "MP3"}.`;
  const message =
    contentType === UNKNOWN_TYPE
      ? `${accepted}; this file has no content type. Set the type of the Blob, or the mimeType of the asset.`
      : `${accepted}; this file is ${contentType}. ${wayOut}`;
  return { message, value: contentType, allowed: contentTypes };
};

const checkBytes: Check = ({ byteLength, contentType }, limits) => {
  if (byteLength === undefined) return undefined;
  if (byteLength === 0) return { message: "The file is empty. Attach another one.", value: 0 };
  const maxBytes = maxBytesOf(limits, contentType);
  if (byteLength <= maxBytes) return undefined;
  const message = `${limits.whose} takes at most ${maxBytes} bytes here; this file has ${byteLength}. Make it smaller.`;
  return { message, value: byteLength };
};

const checkSides: Check = ({ width, height }, { whose, minSide = 0, maxSide = Infinity }) => {
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

const checkRatio: Check = ({ width, height }, { whose, minRatio = 0, maxRatio = Infinity }) => {
  if (width === undefined || height === undefined) return undefined;
  const ratio = width / height;
  if (ratio >= minRatio && ratio <= maxRatio) return undefined;
  const value = `${width} x ${height}`;
  const message = `${whose} takes pictures whose width is ${minRatio} to ${maxRatio} times their height here; this is ${value}. Crop it.`;
  return { message, value };
};

const checkLength: Check = ({ seconds }, { whose, minSeconds = 0, maxSeconds = Infinity }) => {
  if (seconds === undefined || (seconds >= minSeconds && seconds <= maxSeconds)) return undefined;
  const message = `${whose} takes clips of ${minSeconds} to ${maxSeconds} seconds here; this has ${seconds}. Cut it.`;
  return { message, value: seconds };
};

const CHECKS: readonly Check[] = [checkType, checkBytes, checkSides, checkRatio, checkLength];

/** Bytes that the presign route of `./server` accepts, by content type. A test holds the two lists together. */
export const UPLOAD_LIMITS: Readonly<Record<string, number>> = {
  "image/png": 20_000_000,
  "image/jpeg": 20_000_000,
  "image/webp": 20_000_000,
  "video/mp4": 200_000_000,
  "video/quicktime": 200_000_000,
  "audio/mpeg": 15_000_000,
  "audio/wav": 15_000_000,
};

/** The limits of a place. Sides are pixels; ratios are width to height; lengths are seconds. */
export interface FileLimits {
  /** Whose limits these are, as the subject of a sentence. */
  readonly whose: string;
  readonly contentTypes: readonly string[];
  /** Counts beside the storage's own limit for the type. */
  readonly maxBytes?: number;
  readonly minSide?: number;
  readonly maxSide?: number;
  readonly minRatio?: number;
  readonly maxRatio?: number;
  readonly minSeconds?: number;
  readonly maxSeconds?: number;
}

type Stated = Omit<FileLimits, "whose" | "contentTypes">;

/** kie.ai states this for its models in general. fal accepts larger pictures for some of them, but kie is asked first. */
const AT_KIE: Stated = { maxBytes: 10_000_000 };

/** fal states this for the first frame and for the main view of an element, and nothing for other pictures. */
const KLING_O1_IMAGE: Stated = { maxBytes: 10_000_000, minSide: 300, minRatio: 0.4, maxRatio: 2.5 };

/** fal states this for the video that is edited. Its 24 to 60 frames a second cannot be checked here. */
const KLING_O1_VIDEO: Stated = {
  maxBytes: 200_000_000,
  minSide: 720,
  maxSide: 2160,
  minSeconds: 3,
  maxSeconds: 10.05,
};

/** What is stated for single fields. */
const OF_FIELDS: readonly { readonly model: string; readonly field: string; readonly limits: Stated }[] = [
  { model: "kling-o1-transition", field: "startFrameImageUrl", limits: KLING_O1_IMAGE },
  // A first frame on the model itself means its transition.
  { model: "kling-o1", field: "startFrameImageUrl", limits: KLING_O1_IMAGE },
  { model: "kling-o1", field: "frontalImageUrl", limits: KLING_O1_IMAGE },
  { model: "kling-o1", field: "klingO1Video", limits: KLING_O1_VIDEO },
];

/** The limits of a place in a request; without a place, of any upload. */
export function fileLimits(use?: FileUse): FileLimits {
  const uploadTypes = Object.keys(UPLOAD_LIMITS);
  if (use === undefined) return { whose: "An upload", contentTypes: uploadTypes };
  const { model: id, path } = use;
  const model = findVideoModel(id);
  const [kind = "image"] = /video|audio/.exec(path.toLowerCase()) ?? [];
  const ofProvider = model?.providers.includes("kie") === true ? AT_KIE : undefined;
  const ofField = OF_FIELDS.find(({ model: of, field }) => of === id && path.endsWith(field))?.limits;
  return {
    whose: model?.label ?? "An upload",
    contentTypes: uploadTypes.filter((type) => type.startsWith(`${kind}/`)),
    ...ofProvider,
    ...ofField,
  };
}

/** The storage's limit for the type or the model's limit, whichever is smaller. */
function maxBytesOf({ maxBytes = Infinity }: FileLimits, contentType: string | undefined): number {
  const isLimited = contentType !== undefined && Object.hasOwn(UPLOAD_LIMITS, contentType);
  return Math.min(maxBytes, (isLimited ? UPLOAD_LIMITS[contentType] : undefined) ?? Infinity);
}
