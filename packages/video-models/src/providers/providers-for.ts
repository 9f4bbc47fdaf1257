// Which providers could serve a request. Builds the jobs to find out, so the answer and the job cannot disagree.
import type { VideoProviderId } from "../model.ts";
import { getVideoModel } from "../registry.ts";
import { resolveVideoRequest } from "../resolve-video-request.ts";
import type { ResolvedVideoRequest, VideoRequest } from "../video-request.ts";
import { encode } from "./encode.ts";
import { Refusal } from "./refusal.ts";

/**
 * The providers that can serve a request, the preferred one first; empty if there is none. An image given as bytes counts as
 * uploaded, because the provider may decide where it is uploaded to. Throws `UnknownVideoModelError`.
 */
export function providersFor(request: VideoRequest): readonly VideoProviderId[] {
  return providersForResolved(withUploadedImage(resolveVideoRequest(request).request));
}

/** The same for a resolved request whose images are all URLs. */
export function providersForResolved(request: ResolvedVideoRequest): readonly VideoProviderId[] {
  return getVideoModel(request.model).providers.filter((provider) => !(encode(provider, request) instanceof Refusal));
}

/** The request as it will be after the upload of its bytes. The URL is a placeholder that is never sent. */
export function withUploadedImage(request: ResolvedVideoRequest): ResolvedVideoRequest {
  if (request.attachmentImageBytes === undefined) return request;
  const { attachmentImageBytes: _, ...rest } = request;
  return { ...rest, attachmentImageUrl: "https://upload.invalid/" };
}
