// The error for a video without a price.
import type { VideoModelId } from "./registry.ts";

/** Thrown for a video that neither the owner nor a published price of the provider gives a price for. */
export class UnpricedVideoModelError extends Error {
  override readonly name = "UnpricedVideoModelError";
  readonly code = "unpriced-model";
  readonly modelId: VideoModelId;

  /** `what` names the model, and its options where the price is of those. */
  constructor(modelId: VideoModelId, what: string, wayOut: string) {
    super(`${what} has no price. ${wayOut}`);
    this.modelId = modelId;
  }
}
