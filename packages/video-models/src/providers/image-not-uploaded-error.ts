// The error of an image that no provider can fetch. Does not know how to upload one.

/** Thrown where a request carries its image as bytes: providers take URLs only. */
export class ImageNotUploadedError extends Error {
  override readonly name = "ImageNotUploadedError";
  readonly code = "image-not-uploaded";

  constructor() {
    super("attachmentImageBytes has no URL: upload the bytes first, then send attachmentImageUrl in their place.");
  }
}
