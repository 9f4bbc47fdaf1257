// kie.ai behind the provider port. Makes the calls; kie-answers.ts reads the answers. kie cannot cancel a job.
import { VideoError } from "../../errors.ts";
import { systemClock } from "../../platform/system.ts";
import { createCallWindow } from "./call-window.ts";
import { callKie, KIE_API_KEY } from "./kie-call.ts";
import { readKieCreate, readKieRecord } from "./kie-answers.ts";
import { verifyKieWebhook } from "./kie-webhook.ts";
import { checkProviderKey, checkProviderSetting, readProviderSetting } from "./provider-setting.ts";
import type { Fault } from "../settings/setting-finding.ts";
import type { VideoProvider } from "./provider.ts";
import type { VideoUrlRule } from "./sort-video-urls.ts";

/** How to use kie.ai. */
export interface KieProviderOptions {
  /** The key, or a function that is asked for it at each call. Without one, the first job is refused with an error that names KIE_API_KEY. */
  readonly apiKey: string | undefined | (() => string | undefined);
  /** Default: the global `fetch`, looked up at each call. */
  readonly fetch?: ((input: string | URL | Request, init?: RequestInit) => Promise<Response>) | undefined;
  /** Which result URLs may reach a user. Default: https only, and no IP addresses. */
  readonly isAllowedVideoUrl?: VideoUrlRule | undefined;
  /** The key that kie signs callbacks with, once signing is switched on in its settings. Left out: jobs are submitted without a callback. */
  readonly webhookHmacKey?: string | undefined | (() => string | undefined);
  /** Epoch milliseconds. Default: the runtime's clock. */
  readonly now?: (() => number) | undefined;
}

/** kie accepts 20 new tasks in 10 s from an account and refuses the rest (its page on limits). */
const CREATES = { most: 20, windowMs: 10_000 };

const HMAC_KEY = { provider: "kie", setting: "KIE_WEBHOOK_HMAC_KEY", option: "webhookHmacKey" } as const;

/** Shorter keys can be guessed from one signed callback. */
const LEAST_KEY = 16;

function hmacKeyFault({ length }: string): Fault | undefined {
  if (length >= LEAST_KEY) return undefined;
  return {
    what: `is too short for a key: it has ${length} characters`,
    fix: "Copy the webhookHmacKey of kie.ai's settings",
  };
}

/** The job was not sent, so another provider can take it. Other processes are not counted; kie's own 429 says the same for them. */
function tooManyTasks(retryAfterMs: number): VideoError {
  const message = "The video provider is busy. Try again in a moment.";
  return new VideoError("rate-limited", { message, retryAfterMs, details: { provider: "kie" } });
}

/**
 * Renders videos at kie.ai. Needs `KIE_API_KEY`, or `apiKey`, once the first job is submitted. Every call is sent exactly once.
 * Result URLs are temporary (a day to two weeks): copy the file where it has to last.
 */
export function kieProvider(options: KieProviderOptions): VideoProvider {
  const { webhookHmacKey, now = systemClock.now } = options;
  const creates = createCallWindow({ ...CREATES, now });
  return {
    id: "kie",
    submit: async ({ endpoint, input, modelId, webhookUrl }) => {
      const waitMs = creates.take();
      if (waitMs > 0) throw tooManyTasks(waitMs);
      // JSON leaves undefined members out.
      const body = JSON.stringify({ model: endpoint, callBackUrl: webhookUrl, input });
      return readKieCreate(await callKie(options, "createTask", { method: "POST", body }), modelId);
    },
    status: async ({ requestId }, { signal } = {}) => {
      const path = `recordInfo?taskId=${encodeURIComponent(requestId)}`;
      return readKieRecord(
        await callKie(options, path, { method: "GET", signal: signal ?? null }),
        options.isAllowedVideoUrl,
      );
    },
    cancel: () => Promise.resolve("unsupported"),
    verifyWebhook:
      webhookHmacKey === undefined
        ? undefined
        : async (webhook) => await verifyKieWebhook(webhook, readProviderSetting(webhookHmacKey, HMAC_KEY)),
    check: () => [
      ...checkProviderKey(options.apiKey, KIE_API_KEY),
      ...checkProviderSetting(webhookHmacKey, HMAC_KEY, hmacKeyFault),
    ],
  };
}
