// The error for a video without a price.
import type { VideoModelId } from "./registry.ts";

/** Thrown for a video that neither the owner nor a published price of the provider gives a price for. */
export class UnpricedVideoModelError extends Error {
  declare readonly name: "UnpricedVideoModelError";
  declare readonly code: "unpriced-model";
  declare readonly modelId: VideoModelId;

  /** `what` names the model, and its options where the price is of those. */
  constructor(modelId: VideoModelId, what: string, wayOut: string) {
    super(`${what} has no price. ${wayOut}`);
    this.name = "UnpricedVideoModelError";
    this.code = "unpriced-model";
    this.modelId = modelId;
  }
}
