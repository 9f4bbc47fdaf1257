// An app's options for webhooks, and the address of a job's webhook. Knows no provider by name.
import type { VideoModelId, VideoProviderId } from "@video-engine/video-models";
import { VideoError } from "../../errors.ts";
import type { ProviderJobAnswer, VideoProvider } from "../providers/provider.ts";
import { readUrl } from "../read-url.ts";
import { settingOf } from "../secret-option.ts";
import type { WebhookMemory } from "./webhook-memory.ts";

/** A job at a provider. */
export interface WebhookJob {
  readonly provider: VideoProviderId;
  readonly modelId: VideoModelId;
  /** The provider's own id of the job, as in the `job-accepted` event; not the signed id that the user got. */
  readonly requestId: string;
}

/** A job that has ended, with the provider's answer to a status request. */
export interface EndedJob extends WebhookJob {
  readonly answer: Exclude<ProviderJobAnswer, { kind: "pending" }>;
}

/** How webhooks are handled. */
export interface VideoWebhooks {
  /**
   * The public https URL of the webhook route. With it, jobs are submitted with a webhook to every provider that signs them. One that no provider
   * could call refuses those jobs with `not-configured`, before they are paid for; the other routes work. `routes.check()` says it beforehand.
   */
  readonly url?: string | undefined;
  /**
   * Called for each job that has ended; may be called twice for one job. After a throw the provider sends the webhook again.
   * Providers wait about 15 s for the answer, so do longer work elsewhere.
   */
  readonly onJobEnded: (job: EndedJob) => Promise<void> | void;
  /** Returns whether a job was submitted by this app. Left out: the provider is asked about every job that a webhook names. */
  readonly isOurJob?: ((job: WebhookJob) => Promise<boolean> | boolean) | undefined;
  /** Default: that of `stores`, else in memory, for one instance of a server. */
  readonly memory?: WebhookMemory | undefined;
}

/**
 * Returns the function that makes a job's webhook address; undefined for a job without a webhook. It throws `not-configured` for a URL that no
 * provider would call: an app that settles by its webhooks would never settle that job.
 */
export function webhookUrlOf({ url: given }: Pick<VideoWebhooks, "url">) {
  return (provider: VideoProvider, modelId: VideoModelId): string | undefined => {
    const url = settingOf(given);
    if (url === undefined || provider.verifyWebhook === undefined) return undefined;
    const address = readUrl(url);
    if (address?.protocol !== "https:") throw noSuchUrl();
    address.searchParams.set("provider", provider.id);
    address.searchParams.set("modelId", modelId);
    return address.href;
  };
}

function noSuchUrl(): VideoError {
  return new VideoError("not-configured", {
    message: "webhooks.url must be an absolute https URL, where the webhook route is mounted.",
    details: { setting: "webhooks.url" },
  });
}
