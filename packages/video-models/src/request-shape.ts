// The shape of a request, independent of its model: its fields and their types. Strict: unknown fields are issues.
import { isBase64Image, MAX_IMAGE_BYTES } from "./base64-image.ts";
import { isHttpsUrl, MAX_URL_LENGTH } from "./https-url.ts";
import { isRecord, toPlainData } from "./plain-data.ts";
import { listOf, objectOf, ofLength, oneOf, optional, readerOf, type Reader, type Readers } from "./shape-reader.ts";
import type { VideoDuration } from "./model.ts";
import { issueAt, type VideoRequestIssue } from "./video-request-issue.ts";
import type { KlingElement, VideoKeyframe, VideoRequest } from "./video-request.ts";

// Far above every model's own limit. Keeps giant texts from being processed.
const MAX_TEXT_LENGTH = 100_000;

const isText = (value: unknown): value is string => typeof value === "string";
const text = ofLength(
  readerOf(isText, "Give a text."),
  [0, MAX_TEXT_LENGTH],
  `Give at most ${MAX_TEXT_LENGTH} characters.`,
);
const flag = optional(readerOf((value) => typeof value === "boolean", "Give true or false."));
const url = readerOf(
  (value): value is string => isText(value) && isHttpsUrl(value),
  `Give a public https URL of at most ${MAX_URL_LENGTH} characters, without user name or spaces.`,
);
const optionalUrl = optional(url);
const listMessage = "Give a short list.";
const urls = listOf(url, listMessage);
const optionalUrls = optional(urls);
const urlObject = objectOf<{ readonly url: string }>({ url }, listMessage);
/** A URL, or an object with one, as some clients write it: read as the URL in it. */
const urlOrObject: Reader<string> = (value) => {
  if (!isRecord(value)) return url(value);
  const inside = url(value["url"]);
  return inside.faults.length > 0 ? inside : { ...inside, faults: urlObject(value).faults };
};
const base64 = readerOf(
  (value): value is string => isText(value) && isBase64Image(value),
  `Give base64 of at most ${MAX_IMAGE_BYTES} bytes, without a data: prefix.`,
);
const isSeconds = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;
const isTime = (value: unknown): value is number => Number.isFinite(value) && Number(value) >= 0;
const element = objectOf<KlingElement>(
  { frontalImageUrl: url, referenceImageUrls: ofLength(urls, [1, 3], "Give 1 to 3 URLs.") },
  "Give frontalImageUrl and referenceImageUrls.",
);
const keyframe = objectOf<VideoKeyframe>(
  { imageUrl: url, atSeconds: readerOf(isTime, "Give seconds from the start, 0 or more.") },
  "Give imageUrl and atSeconds.",
);

/** Every aspect ratio that a request may have. */
export const RATIOS = [
  "auto",
  "16:9",
  "9:16",
  "1:1",
  "4:3",
  "3:4",
  "21:9",
  "9:21",
  "3:2",
  "2:3",
  "5:4",
  "4:5",
] as const;
/** Every resolution that a request may have. */
export const RESOLUTIONS = ["360p", "480p", "540p", "720p", "1080p", "1440p", "2K", "4K"] as const;

/** The fields of a request. Every field must stand here, so that a new one does not compile without its shape. */
interface RequestFields extends Omit<VideoRequest, "model" | "klingO1Images"> {
  readonly model: string;
  readonly klingO1Images?: readonly string[];
}

const FIELDS: Readers<RequestFields> = {
  model: text,
  prompt: text,
  aspectRatio: optional(oneOf(RATIOS, `Give one of: ${RATIOS.join(", ")}.`)),
  duration: optional(
    readerOf(
      (value): value is VideoDuration => value === "auto" || isSeconds(value),
      'Give whole seconds, at least 1, or "auto".',
    ),
  ),
  resolution: optional(oneOf(RESOLUTIONS, `Give one of: ${RESOLUTIONS.join(", ")}.`)),
  generateAudio: flag,
  cameraFixed: flag,
  fastMode: flag,
  removeWatermark: flag,
  attachmentImageUrl: optionalUrl,
  attachmentImageBytes: optional(base64),
  startFrameImageUrl: optionalUrl,
  endFrameImageUrl: optionalUrl,
  klingO1Images: optional(listOf(urlOrObject, listMessage)),
  klingO1Elements: optional(listOf(element, listMessage)),
  klingO1Video: optionalUrl,
  referenceImageUrls: optionalUrls,
  referenceVideoUrls: optionalUrls,
  referenceAudioUrls: optionalUrls,
  keyframes: optional(listOf(keyframe, listMessage)),
  sourceVideoUrl: optionalUrl,
  audioUrl: optionalUrl,
};
const whole = objectOf(FIELDS, "Give an object.");

/** A value, read as far as it has the shape of a request. */
export interface RequestShape {
  /** Every given member, of any shape: for checking what is present. */
  readonly present: Readonly<Record<string, unknown>>;
  /** The fields that have the right shape. */
  readonly fields: Partial<RequestFields>;
  readonly issues: readonly VideoRequestIssue[];
}

/** Reads a value of unknown origin. Never throws. */
export function readRequestShape(value: unknown): RequestShape {
  const plain = toPlainData(value);
  const present = isRecord(plain) ? plain : {};
  const { value: fields = {}, faults } = whole(plain);
  const issues = faults.map(({ path, message, allowed }) =>
    issueAt(path, message, { value: Object.hasOwn(FIELDS, path) ? present[path] : undefined, allowed }),
  );
  return { present, fields, issues };
}
