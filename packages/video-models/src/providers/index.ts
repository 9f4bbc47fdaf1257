// The public names, one by one.
export { ImageNotUploadedError } from "./image-not-uploaded-error.ts";
export type { JobInput, JsonValue, ProviderJob, VideoModelEndpoint } from "./job.ts";
export { providersFor } from "./providers-for.ts";
export { statusEndpointOf } from "./status-endpoint-of.ts";
export { getVideoModelEndpoint, toProviderJob } from "./to-provider-job.ts";
export type { ProviderJobOptions } from "./to-provider-job.ts";
export { UnservableRequestError } from "./unservable-request-error.ts";
