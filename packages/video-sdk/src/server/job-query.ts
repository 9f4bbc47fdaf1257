// Finds the job that a caller asks about. The signed request id names it; model and provider, where the caller names them, must agree.
// The endpoint comes from the registry or the app's routing, never from the caller.
import { transitionOf, type VideoModelId } from "@video-engine/video-models";
import { invalidField } from "./error-response.ts";
import { pickProvider } from "./pick-provider.ts";
import type { ProviderJobReference, VideoProvider } from "./providers/provider.ts";
import { unknownRequest, type RequestHandles } from "./request-handles.ts";
import { jobTargetsOf, type VideoRouting } from "./routing.ts";
import type { JobNames } from "./server-event.ts";

/** A job at one of our providers. */
export interface JobQuery {
  readonly modelId: VideoModelId;
  readonly provider: VideoProvider;
  readonly job: ProviderJobReference;
  /** The request id as the caller sent it. */
  readonly handle: string;
  /** The Idempotency-Key of its submit, where that had one. */
  readonly key: string | undefined;
}

/** What a caller sends. Other fields are ignored. */
export interface JobQueryFields {
  readonly requestId?: unknown;
  /** Null or undefined: the model of the request id. */
  readonly modelId?: unknown;
  /** Null or undefined: the provider of the request id. */
  readonly provider?: unknown;
}

/** What reading needs. */
export interface JobQueryOptions {
  readonly handles: RequestHandles;
  readonly providers: readonly VideoProvider[];
  readonly routing?: VideoRouting | undefined;
}

/** Finds the job. Throws `invalid-request` without a request id, and `not-found` for one that is not this user's. */
export async function readJobQuery(
  { requestId, modelId, provider }: JobQueryFields,
  userId: string,
  { handles, providers, routing }: JobQueryOptions,
): Promise<JobQuery> {
  if (typeof requestId !== "string" || requestId === "") {
    throw invalidField("requestId", "Give the requestId of the generate answer, as it is.");
  }
  const handled = await handles.open(requestId, userId);
  // Two frames on a model were submitted as a job of its transition.
  const isOfModel = [undefined, null, handled.modelId, transitionOf(handled.modelId)].some((id) => id === modelId);
  if (!isOfModel) throw unknownRequest("of another model");
  if ((provider ?? handled.provider) !== handled.provider) throw unknownRequest("of another provider");
  const target = jobTargetsOf(handled.modelId, routing).find((known) => known.provider === handled.provider);
  if (target === undefined) throw unknownRequest("of a provider that no longer serves the model");
  const job = { requestId: handled.jobId, endpoint: target.statusEndpoint };
  const { modelId: handledModel, key } = handled;
  const picked = pickProvider([target.provider], providers, handledModel);
  return { modelId: handledModel, provider: picked, job, handle: requestId, key };
}

/** What events say of a job. */
export function namesOf({ modelId, provider, job, handle, key }: JobQuery, userId: string): JobNames {
  return { userId, modelId, provider: provider.id, requestId: job.requestId, handle, key };
}
