// Checks what is known of a file against the limits of its place in a request: the storage's own, and what the model's providers state.
// Every refusal names the value, the limit and the way out.
import { findVideoModel, type VideoRequestIssue } from "@video-engine/video-models";
import type { LocalFile } from "../file-ports.ts";
import { fileSentence, type FileFault, type FileRule } from "./file-sentences.ts";
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

/** What is wrong with a file, and the rule that says so. */
export interface FileIssue extends VideoRequestIssue {
  readonly rule: FileRule;
  readonly limit?: string | number | undefined;
}

/** What is wrong with a file in its place; without a place, with any upload of it. Facts that are not known are not checked. */
export function checkFile(facts: FileFacts, use?: FileUse): readonly FileIssue[] {
  const limits = fileLimits(use);
  const { whose } = limits;
  const problem = CHECKS.map((check) => check(facts, limits)).find((found) => found !== undefined);
  if (problem === undefined) return [];
  return [{ path: use?.path ?? "", message: fileSentence(problem.rule, { whose, ...problem }), ...problem }];
}

type Problem = Omit<FileIssue, "path" | "message"> & FileFault;
type Check = (facts: FileFacts, limits: FileLimits) => Problem | undefined;

const checkType: Check = ({ contentType }, { contentTypes }) => {
  if (contentType === undefined || contentTypes.includes(contentType)) return undefined;
  const rule = contentType === UNKNOWN_TYPE ? "no-type" : "wrong-type";
  return { rule, value: contentType, limit: contentTypes.join(", "), allowed: contentTypes };
};

const checkBytes: Check = ({ byteLength: value, contentType }, limits) => {
  if (value === undefined) return undefined;
  if (value === 0) return { rule: "file-empty", value };
  const limit = maxBytesOf(limits, contentType);
  return value <= limit ? undefined : { rule: "too-many-bytes", value, limit };
};

const checkSides: Check = ({ width, height }, { minSide = 0, maxSide = Infinity }) => {
  if (width === undefined || height === undefined) return undefined;
  const value = `${width} x ${height}`;
  if (Math.min(width, height) < minSide) return { rule: "too-few-pixels", value, limit: minSide };
  return Math.max(width, height) > maxSide ? { rule: "too-many-pixels", value, limit: maxSide } : undefined;
};

const checkRatio: Check = ({ width, height }, { minRatio = 0, maxRatio = Infinity }) => {
  if (width === undefined || height === undefined) return undefined;
  const ratio = width / height;
  if (ratio >= minRatio && ratio <= maxRatio) return undefined;
  return { rule: "wrong-shape", value: `${width} x ${height}`, limit: `${minRatio} to ${maxRatio}` };
};

const checkLength: Check = ({ seconds: value }, { minSeconds = 0, maxSeconds = Infinity }) => {
  if (value === undefined || (value >= minSeconds && value <= maxSeconds)) return undefined;
  return { rule: "wrong-length", value, limit: `${minSeconds} to ${maxSeconds}` };
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
