import type { RouteMap } from "@video-engine/video-sdk";
import { requestBody } from "@video-engine/video-sdk/adapters";

export const routes: RouteMap = {
  submit: (request) => ({ path: `api/video/${request.model}`, body: requestBody(request) }),
  status: ({ requestId, endpoint }) => ({ path: `api/video/jobs/${requestId}`, query: { endpoint } }),
  cancel: ({ requestId }) => ({ path: `api/video/jobs/${requestId}/cancel`, body: {} }),
  verdictStatuses: [422], // by which the status route says "failed", with { error }
  firstFrame: false, //      this server makes no pictures
};
