// Checks that a text is base64 of an acceptable size. Does not decode it and does not check that it is an image.

/** Largest image accepted, in bytes after decoding: the limit of the providers' upload pages. */
export const MAX_IMAGE_BYTES = 10_000_000;

const BASE64 = /^[a-z0-9+/]+={0,2}$/i;

/** Whether a text is padded standard base64, without white space or a `data:` prefix, of 1 to {@link MAX_IMAGE_BYTES} bytes. */
export function isBase64Image(text: string): boolean {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = (text.length / 4) * 3 - padding;
  return text.length % 4 === 0 && bytes <= MAX_IMAGE_BYTES && BASE64.test(text);
}
