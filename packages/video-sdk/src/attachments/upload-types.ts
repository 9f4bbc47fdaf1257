// What may be uploaded, and how large: the limits of the presign route of ./server, known beforehand. A test holds the two together.

/** Bytes that a file of each type may have. */
export const UPLOAD_LIMITS: Readonly<Record<string, number>> = {
  "image/png": 20_000_000,
  "image/jpeg": 20_000_000,
  "image/webp": 20_000_000,
  "video/mp4": 200_000_000,
  "video/quicktime": 200_000_000,
};

/** The types, images before videos. */
export const UPLOAD_TYPES: readonly string[] = Object.keys(UPLOAD_LIMITS);
