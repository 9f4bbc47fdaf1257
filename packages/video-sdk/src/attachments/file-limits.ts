// What a file may be like, by where it is to stand in a request: the storage's limits, and those that the model's providers state.
import { findVideoModel } from "@video-engine/video-models";
import { UPLOAD_LIMITS, UPLOAD_TYPES } from "./upload-types.ts";

/** Where a file stands: a field of a request for a model. */
export interface FileUse {
  readonly model: string;
  /** As in an issue: `klingO1Images.0`. */
  readonly path: string;
}

/** What a file may be like. Pixels; ratios are width to height. */
export interface FileLimits {
  /** Whose limits these are, for a sentence. */
  readonly whose: string;
  readonly contentTypes: readonly string[];
  /** Beside the storage's own limit of the type. */
  readonly maxBytes?: number;
  readonly minSide?: number;
  readonly maxSide?: number;
  readonly minRatio?: number;
  readonly maxRatio?: number;
}

type Stated = Omit<FileLimits, "whose" | "contentTypes">;

/** kie.ai, of its models in general. fal takes larger pictures for some of them, but kie is asked first. */
const AT_KIE: Stated = { maxBytes: 10_000_000 };

/** fal, of the first frame and of the main view of an element. It says nothing of other pictures. */
const KLING_O1_IMAGE: Stated = { maxBytes: 10_000_000, minSide: 300, minRatio: 0.4, maxRatio: 2.5 };

/** fal, of the video that is edited. Also 3 to 10.05 s and 24 to 60 frames a second, which nobody here can see. */
const KLING_O1_VIDEO: Stated = { maxBytes: 200_000_000, minSide: 720, maxSide: 2160 };

/** What is stated of single fields. */
const OF_FIELDS: readonly { readonly model: string; readonly field: string; readonly limits: Stated }[] = [
  { model: "kling-o1-transition", field: "startFrameImageUrl", limits: KLING_O1_IMAGE },
  { model: "kling-o1", field: "frontalImageUrl", limits: KLING_O1_IMAGE },
  { model: "kling-o1", field: "klingO1Video", limits: KLING_O1_VIDEO },
];

/** The limits of a place in a request. Without one: those of any upload. */
export function fileLimits(use?: FileUse): FileLimits {
  if (use === undefined) return { whose: "An upload", contentTypes: UPLOAD_TYPES };
  const { model: id, path } = use;
  const model = findVideoModel(id);
  const kind = path === "klingO1Video" ? "video/" : "image/";
  const stated = OF_FIELDS.find(({ model: of, field }) => of === id && path.endsWith(field));
  return {
    whose: model?.label ?? "An upload",
    contentTypes: UPLOAD_TYPES.filter((type) => type.startsWith(kind)),
    ...(model?.providers.includes("kie") === true ? AT_KIE : {}),
    ...stated?.limits,
  };
}

/** The bytes that a file of this type may have: the storage's limit or the model's, whichever is less. */
export function maxBytesOf({ maxBytes = Infinity }: FileLimits, contentType: string | undefined): number {
  const ofType =
    contentType !== undefined && Object.hasOwn(UPLOAD_LIMITS, contentType) ? UPLOAD_LIMITS[contentType] : undefined;
  return Math.min(maxBytes, ofType ?? Infinity);
}
