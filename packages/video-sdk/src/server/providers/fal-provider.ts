// fal behind the provider port. Makes the calls; fal-answers.ts reads the answers. The registry decides which endpoint serves a model.
import { readFalCancel, readFalResult, readFalStatus, readFalSubmit } from "./fal-answers.ts";
import { callFal, withoutFiles, FAL_KEY, fetchOf, uploadToFal } from "./fal-call.ts";
import { verifyFalWebhook } from "./fal-webhook.ts";
import { createFalWebhookKeys } from "./fal-webhook-keys.ts";
import { checkProviderKey, checkProviderSetting } from "./provider-setting.ts";
import type { Fault } from "../settings/setting-finding.ts";
import type { ProviderJobAnswer, ProviderJobReference, VideoProvider } from "./provider.ts";
import type { VideoUrlRule } from "./sort-video-urls.ts";

/** How to use fal. */
export interface FalProviderOptions {
  /** The key, `KEY_ID:KEY_SECRET`, or a function that is asked for it at each call. Without one, the first job is refused with an error that names FAL_KEY. */
  readonly credentials: string | undefined | (() => string | undefined);
  /** Default: the global `fetch`, looked up at each call. */
  readonly fetch?: ((input: string | URL | Request, init?: RequestInit) => Promise<Response>) | undefined;
  /** Which result URLs may reach a user. Default: https only, and no IP addresses. */
  readonly isAllowedVideoUrl?: VideoUrlRule | undefined;
  /** Your user id at fal, as its webhooks name it. Left out: webhooks of every fal account are accepted. */
  readonly webhookUserId?: string | undefined;
}

/**
 * Renders videos at fal, through the package `@fal-ai/client`. Package and key are needed once the first job is submitted; an error
 * names the one that is missing.
 * Every call is sent exactly once, also where the client would repeat it.
 */
export function falProvider(options: FalProviderOptions): VideoProvider {
  const keys = createFalWebhookKeys(() => fetchOf(options));
  return {
    id: "fal",
    submit: async ({ endpoint, input, modelId, webhookUrl }) => {
      const answer = await callFal(options, (fal, over) => {
        const job = { input: withoutFiles(input), abortSignal: over };
        return fal.queue.submit(endpoint, webhookUrl === undefined ? job : { ...job, webhookUrl });
      });
      return readFalSubmit(answer, modelId);
    },
    status: async (job, { signal } = {}) => await askFal(options, job, signal),
    cancel: async (job) => {
      const requestId = pathOf(job);
      const app = appOf(job);
      const answer = await callFal(options, (fal, over) => fal.queue.cancel(app, { requestId, abortSignal: over }));
      return readFalCancel(answer);
    },
    uploadImage: (image) => uploadToFal(options, image),
    verifyWebhook: (webhook) => verifyFalWebhook(webhook, { keys, userId: options.webhookUserId }),
    check: () => [
      ...checkProviderKey(options.credentials, FAL_KEY, keyFault),
      ...checkProviderSetting(options.webhookUserId, WEBHOOK_USER_ID),
    ],
  };
}

const WEBHOOK_USER_ID = { provider: "fal", setting: "FAL_WEBHOOK_USER_ID", option: "webhookUserId" } as const;

function keyFault(key: string): Fault | undefined {
  if (/^[^:]+:[^:]+$/.test(key)) return undefined;
  return { what: "is not of the form KEY_ID:KEY_SECRET", fix: "Copy the whole key from fal's dashboard, both halves" };
}

// The status first: fal does not document what a result answers before the job has ended.
async function askFal(
  options: FalProviderOptions,
  job: ProviderJobReference,
  signal: AbortSignal | undefined,
): Promise<ProviderJobAnswer> {
  const requestId = pathOf(job);
  const app = appOf(job);
  const progress = readFalStatus(
    await callFal(options, (fal, over) => fal.queue.status(app, { requestId, abortSignal: over }), signal),
  );
  if (progress.kind === "pending") return progress;
  const result = await callFal(options, (fal, over) => fal.queue.result(app, { requestId, abortSignal: over }), signal);
  return readFalResult(result, progress, options.isAllowedVideoUrl);
}

// The client puts the id into the path as it is.
function pathOf({ requestId }: ProviderJobReference): string {
  return encodeURIComponent(requestId);
}

// fal needs the owner and app beside a job's id.
function appOf({ endpoint }: ProviderJobReference): string {
  if (endpoint === undefined) throw new Error("fal needs the endpoint of a job to ask for it.");
  return endpoint;
}
