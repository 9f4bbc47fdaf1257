// Turns a request into the exact call on the wire, or a clear error. Sends nothing.
import type { VideoProviderId } from "../model.ts";
import { getVideoModel } from "../registry.ts";
import { resolveVideoRequest } from "../resolve-video-request.ts";
import type { ResolvedVideoRequest, VideoRequest } from "../video-request.ts";
import { encode } from "./encode.ts";
import { ImageNotUploadedError } from "./image-not-uploaded-error.ts";
import type { ProviderJob, VideoModelEndpoint } from "./job.ts";
import { providersForResolved, withUploadedImage } from "./providers-for.ts";
import { Refusal } from "./refusal.ts";
import { UnservableRequestError } from "./unservable-request-error.ts";

/** Where a request goes. */
export interface ProviderJobOptions {
  /** Default: the first provider of the model. It is never replaced by another one: see `providersFor` for those that can serve the request. */
  readonly provider?: VideoProviderId | undefined;
}

/**
 * The call for a request. `resolveVideoRequest` decides the settings. Fields that the model does not have are dropped, so refuse bad
 * requests with `parseVideoRequest` first. Throws `UnknownVideoModelError`, `ImageNotUploadedError`, and `UnservableRequestError` if
 * the provider does not serve the model or cannot serve this request as it is.
 */
export function toProviderJob(request: VideoRequest, options: ProviderJobOptions = {}): ProviderJob {
  const resolved = resolveVideoRequest(request).request;
  if (resolved.attachmentImageBytes !== undefined) throw new ImageNotUploadedError();
  return jobOf(resolved, options);
}

/** Where a request would go, by the rules of `toProviderJob`. An image may still be bytes. */
export function getVideoModelEndpoint(request: VideoRequest, options: ProviderJobOptions = {}): VideoModelEndpoint {
  const { provider, endpoint } = jobOf(withUploadedImage(resolveVideoRequest(request).request), options);
  return { provider, endpoint };
}

function jobOf(request: ResolvedVideoRequest, options: ProviderJobOptions): ProviderJob {
  const provider = options.provider ?? getVideoModel(request.model).providers[0];
  const job = encode(provider, request);
  if (job instanceof Refusal) {
    const where = { modelId: request.model, provider };
    throw new UnservableRequestError(where, job.message, providersForResolved(request));
  }
  return { provider, ...job };
}
