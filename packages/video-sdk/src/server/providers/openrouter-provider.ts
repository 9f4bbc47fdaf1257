// OpenRouter's video API behind the provider port. Makes the calls; openrouter-answers.ts reads the answers. No model of the registry goes there:
// the app names its models with `routing`.
import { readOpenrouterStatus, readOpenrouterSubmit } from "./openrouter-answers.ts";
import { callOpenrouter, OPENROUTER_API_KEY } from "./openrouter-call.ts";
import { verifyOpenrouterWebhook } from "./openrouter-webhook.ts";
import { checkProviderKey, checkProviderSetting, readProviderSetting } from "./provider-setting.ts";
import type { VideoProvider } from "./provider.ts";
import type { VideoUrlRule } from "./sort-video-urls.ts";

/** How to use OpenRouter. */
export interface OpenrouterProviderOptions {
  /** The key, or a function that is asked for it at each call. Without one, the first job is refused with an error that names OPENROUTER_API_KEY. */
  readonly apiKey: string | undefined | (() => string | undefined);
  /** Default: the global `fetch`, looked up at each call. */
  readonly fetch?: ((input: string | URL | Request, init?: RequestInit) => Promise<Response>) | undefined;
  /** Which result URLs may reach a user. Default: https only, and no IP addresses. */
  readonly isAllowedVideoUrl?: VideoUrlRule | undefined;
  /** The signing secret of the workspace's webhooks, or a function that returns it. Left out: jobs are submitted without a webhook. */
  readonly webhookSecret?: string | undefined | (() => string | undefined);
}

const SECRET = { provider: "openrouter", setting: "OPENROUTER_WEBHOOK_SECRET", option: "webhookSecret" } as const;

/**
 * Renders videos through OpenRouter. Needs `OPENROUTER_API_KEY`, or `apiKey`, once the first job is submitted. The endpoint of a job is a
 * model's slug, such as `google/veo-3.1`. Every call is sent exactly once.
 *
 * Its API has no call that cancels a job: `cancel` answers `unsupported`, the job decides, and a video that comes is delivered and captured. It has none
 * that takes the bytes of an image either: a request with `attachmentImageBytes` that only OpenRouter serves is refused before it is sent, and
 * one with the image's URL is not. It calls back once a job has ended, and signs that: with `webhookSecret`, and `webhooks` of the routes, its jobs
 * end without being asked about.
 */
export function openrouterProvider(options: OpenrouterProviderOptions): VideoProvider {
  const { webhookSecret } = options;
  return {
    id: "openrouter",
    submit: async ({ endpoint, input, modelId, webhookUrl }) => {
      const body = JSON.stringify({ ...input, model: endpoint, callback_url: webhookUrl });
      return readOpenrouterSubmit(await callOpenrouter(options, "", { method: "POST", body }), modelId);
    },
    status: async ({ requestId }, { signal } = {}) => {
      const path = `/${encodeURIComponent(requestId)}`;
      const answer = await callOpenrouter(options, path, { method: "GET", signal: signal ?? null });
      return readOpenrouterStatus(answer, options.isAllowedVideoUrl);
    },
    cancel: () => Promise.resolve("unsupported"),
    verifyWebhook:
      webhookSecret === undefined
        ? undefined
        : async (webhook) => await verifyOpenrouterWebhook(webhook, readProviderSetting(webhookSecret, SECRET)),
    check: () => [
      ...checkProviderKey(options.apiKey, OPENROUTER_API_KEY),
      ...checkProviderSetting(webhookSecret, SECRET),
    ],
  };
}
