// The error for an image that is not uploaded.

/** Thrown for a request with its image as bytes: providers accept URLs only. */
export class ImageNotUploadedError extends Error {
  override readonly name = "ImageNotUploadedError";
  readonly code = "image-not-uploaded";

  constructor() {
    super("attachmentImageBytes has no URL: upload the bytes first, then send attachmentImageUrl in their place.");
  }
}
