// The error for a request that one provider cannot serve.
import type { VideoProviderId } from "../model.ts";
import type { VideoModelId } from "../registry.ts";

/** Thrown for a job that the provider would refuse, or would render differently than requested. */
export class UnservableRequestError extends Error {
  override readonly name = "UnservableRequestError";
  readonly code = "unservable-request";
  readonly modelId: VideoModelId;
  readonly provider: VideoProviderId;
  /** The providers that can serve the same request, the preferred one first. */
  readonly servedBy: readonly VideoProviderId[];

  constructor(
    where: { readonly modelId: VideoModelId; readonly provider: VideoProviderId },
    reason: string,
    servedBy: readonly VideoProviderId[],
  ) {
    const wayOut = servedBy.length > 0 ? `Served by ${servedBy.join(", ")}.` : "No provider serves this request.";
    super(`${where.provider} cannot serve ${where.modelId}: ${reason}. ${wayOut}`);
    this.modelId = where.modelId;
    this.provider = where.provider;
    this.servedBy = servedBy;
  }
}
