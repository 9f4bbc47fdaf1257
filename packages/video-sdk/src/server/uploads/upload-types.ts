// The types of files that may be uploaded, and their size limits. No SVG and no HTML: a browser would run them.

/** One type of file. */
export interface UploadType {
  readonly extension: string;
  /** Bytes. */
  readonly maxBytes: number;
}

const IMAGE_BYTES = 20_000_000;
const VIDEO_BYTES = 200_000_000;
const AUDIO_BYTES = 15_000_000;

/** The types, by content type. kie.ai takes images up to 10 MB, fal larger ones, and sounds up to 15 MB. */
export const UPLOAD_TYPES: ReadonlyMap<string, UploadType> = new Map([
  ["image/png", { extension: "png", maxBytes: IMAGE_BYTES }],
  ["image/jpeg", { extension: "jpg", maxBytes: IMAGE_BYTES }],
  ["image/webp", { extension: "webp", maxBytes: IMAGE_BYTES }],
  ["video/mp4", { extension: "mp4", maxBytes: VIDEO_BYTES }],
  ["video/quicktime", { extension: "mov", maxBytes: VIDEO_BYTES }],
  ["audio/mpeg", { extension: "mp3", maxBytes: AUDIO_BYTES }],
  ["audio/wav", { extension: "wav", maxBytes: AUDIO_BYTES }],
]);
