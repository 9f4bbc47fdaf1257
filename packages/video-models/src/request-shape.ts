// The shape of a request, independent of its model: its fields and their types. Strict: unknown fields are issues.
import * as z from "zod/mini";
import { isBase64Image, MAX_IMAGE_BYTES } from "./base64-image.ts";
import { isHttpsUrl, MAX_URL_LENGTH } from "./https-url.ts";
import { isRecord, toPlainData } from "./plain-data.ts";
import { issueAt, type VideoRequestIssue } from "./video-request-issue.ts";
import type { VideoRequest } from "./video-request.ts";

// Far above every model's own limit. Keeps giant texts from being processed.
const MAX_TEXT_LENGTH = 100_000;

const text = z
  .string("Give a text.")
  .check(z.maxLength(MAX_TEXT_LENGTH, `Give at most ${MAX_TEXT_LENGTH} characters.`));
const flag = z.exactOptional(z.boolean("Give true or false."));
const urlMessage = `Give a public https URL of at most ${MAX_URL_LENGTH} characters, without user name or spaces.`;
const url = z.string(urlMessage).check(z.refine(isHttpsUrl, urlMessage));
const optionalUrl = z.exactOptional(url);
const urls = z.array(url, "Give a short list.");
/** As some clients write it. Read as the URL in it. */
const urlObject = z.pipe(
  z.strictObject({ url }),
  z.transform(({ url: inside }: { url: string }) => inside),
);
const imageMessage = `Give base64 of at most ${MAX_IMAGE_BYTES} bytes, without a data: prefix.`;
const secondsMessage = 'Give whole seconds, at least 1, or "auto".';
const timeMessage = "Give seconds from the start, 0 or more.";
const viewsMessage = "Give 1 to 3 URLs.";
const element = z.strictObject(
  {
    frontalImageUrl: url,
    referenceImageUrls: urls.check(z.minLength(1, viewsMessage), z.maxLength(3, viewsMessage)),
  },
  "Give frontalImageUrl and referenceImageUrls.",
);

const keyframe = z.strictObject(
  { imageUrl: url, atSeconds: z.number(timeMessage).check(z.nonnegative(timeMessage)) },
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

const optional = {
  aspectRatio: z.exactOptional(z.enum(RATIOS, "There is no such value.")),
  duration: z.exactOptional(
    z.union([z.int(secondsMessage).check(z.positive(secondsMessage)), z.literal("auto")], secondsMessage),
  ),
  resolution: z.exactOptional(z.enum(RESOLUTIONS, "There is no such value.")),
  generateAudio: flag,
  cameraFixed: flag,
  fastMode: flag,
  removeWatermark: flag,
  attachmentImageUrl: optionalUrl,
  attachmentImageBytes: z.exactOptional(z.string(imageMessage).check(z.refine(isBase64Image, imageMessage))),
  startFrameImageUrl: optionalUrl,
  endFrameImageUrl: optionalUrl,
  klingO1Images: z.exactOptional(z.array(z.union([url, urlObject], urlMessage), "Give a short list.")),
  klingO1Elements: z.exactOptional(z.array(element, "Give a short list.")),
  klingO1Video: optionalUrl,
  referenceImageUrls: z.exactOptional(urls),
  referenceVideoUrls: z.exactOptional(urls),
  referenceAudioUrls: z.exactOptional(urls),
  keyframes: z.exactOptional(z.array(keyframe, "Give a short list.")),
  sourceVideoUrl: optionalUrl,
  audioUrl: optionalUrl,
} satisfies Record<Exclude<keyof VideoRequest, "model" | "prompt">, z.ZodMiniType>;

const whole = z.strictObject({ model: text, prompt: text, ...optional }, "Give an object.");
const soundPart = z.object({ model: z.exactOptional(text), prompt: z.exactOptional(text), ...optional });

/** A value, read as far as it has the shape of a request. */
export interface RequestShape {
  /** Every given member, of any shape: for checking what is present. */
  readonly present: Readonly<Record<string, unknown>>;
  /** The fields that have the right shape. */
  readonly fields: z.infer<typeof soundPart>;
  readonly issues: readonly VideoRequestIssue[];
}

/** Reads a value of unknown origin. Never throws. */
export function readRequestShape(value: unknown): RequestShape {
  const plain = toPlainData(value);
  const present = isRecord(plain) ? plain : {};
  const parsed = whole.safeParse(plain);
  if (parsed.success) return { present, fields: parsed.data, issues: [] };
  const found = parsed.error.issues;
  const unsound = new Set(found.map(({ path }) => path[0]));
  const sound = Object.fromEntries(Object.entries(present).filter(([name]) => !unsound.has(name)));
  return { present, fields: soundPart.parse(sound), issues: found.flatMap((issue) => toIssues(issue, present)) };
}

function toIssues(issue: z.core.$ZodIssue, present: RequestShape["present"]): readonly VideoRequestIssue[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => issueAt([...issue.path, key.slice(0, 64)].join("."), "There is no such field."));
  }
  const path = issue.path.join(".");
  const allowed = issue.code === "invalid_value" ? issue.values : undefined;
  return [issueAt(path, issue.message, { value: present[path], allowed })];
}
