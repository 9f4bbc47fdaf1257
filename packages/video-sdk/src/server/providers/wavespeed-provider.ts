// WaveSpeedAI behind the provider port. Makes the calls; wavespeed-answers.ts reads the answers. No model of the registry goes there:
// the app names its models with `routing`. WaveSpeedAI cannot cancel a job.
import { checkProviderKey, checkProviderSetting, readProviderSetting } from "./provider-setting.ts";
import type { Fault } from "../settings/setting-finding.ts";
import type { VideoProvider } from "./provider.ts";
import type { VideoUrlRule } from "./sort-video-urls.ts";
import {
  readWavespeedPut,
  readWavespeedResult,
  readWavespeedSubmit,
  readWavespeedUpload,
} from "./wavespeed-answers.ts";
import { callWavespeed, putToWavespeed, WAVESPEED_API_KEY } from "./wavespeed-call.ts";
import { verifyWavespeedWebhook } from "./wavespeed-webhook.ts";

/** How to use WaveSpeedAI. */
export interface WavespeedProviderOptions {
  /** The key, or a function that is asked for it at each call. Without one, the first job is refused with an error that names WAVESPEED_API_KEY. */
  readonly apiKey: string | undefined | (() => string | undefined);
  /** Default: the global `fetch`, looked up at each call. */
  readonly fetch?: ((input: string | URL | Request, init?: RequestInit) => Promise<Response>) | undefined;
  /** Which result URLs may reach a user. Default: https only, and no IP addresses. */
  readonly isAllowedVideoUrl?: VideoUrlRule | undefined;
  /** The secret of its webhooks, which begins with `whsec_`, or a function that returns it. Left out: jobs are submitted without a webhook. */
  readonly webhookSecret?: string | undefined | (() => string | undefined);
}

const SECRET = { provider: "wavespeed", setting: "WAVESPEED_WEBHOOK_SECRET", option: "webhookSecret" } as const;

function secretFault(secret: string): Fault | undefined {
  if (/^whsec_.{16,}$/.test(secret)) return undefined;
  return {
    what: "does not begin with whsec_, or is cut off",
    fix: "Copy the whole webhook secret from WaveSpeedAI's settings",
  };
}

/**
 * Renders videos at WaveSpeedAI. Needs `WAVESPEED_API_KEY`, or `apiKey`, once the first job is submitted. Every call is sent
 * exactly once: WaveSpeedAI warns that a submit without an answer may have made a task.
 */
export function wavespeedProvider(options: WavespeedProviderOptions): VideoProvider {
  const { webhookSecret, isAllowedVideoUrl } = options;
  return {
    id: "wavespeed",
    submit: async ({ endpoint, input, modelId, webhookUrl }) => {
      const query = webhookUrl === undefined ? "" : `?${new URLSearchParams({ webhook: webhookUrl }).toString()}`;
      const init = { method: "POST", body: JSON.stringify(input) };
      return readWavespeedSubmit(await callWavespeed(options, endpoint + query, init), modelId);
    },
    status: async ({ requestId }, { signal } = {}) => {
      const path = `predictions/${encodeURIComponent(requestId)}/result`;
      const answer = await callWavespeed(options, path, { method: "GET", signal: signal ?? null });
      return readWavespeedResult(answer, isAllowedVideoUrl);
    },
    cancel: () => Promise.resolve("unsupported"),
    uploadImage: async (image) => {
      const filename = `image.${image.type.replace("image/", "") || "bin"}`;
      const body = JSON.stringify({ filename, size: image.size, content_type: image.type });
      const target = readWavespeedUpload(await callWavespeed(options, "media/uploads", { method: "POST", body }));
      readWavespeedPut(await putToWavespeed(options, target.uploadUrl, { body: image, headers: target.headers }));
      return target.fileUrl;
    },
    verifyWebhook:
      webhookSecret === undefined
        ? undefined
        : async (webhook) => await verifyWavespeedWebhook(webhook, readProviderSetting(webhookSecret, SECRET)),
    check: () => [
      ...checkProviderKey(options.apiKey, WAVESPEED_API_KEY),
      ...checkProviderSetting(webhookSecret, SECRET, secretFault),
    ],
  };
}
