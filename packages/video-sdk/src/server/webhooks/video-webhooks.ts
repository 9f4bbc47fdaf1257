// What an app says about webhooks, and the address that a job's webhook goes to. Knows no provider by name.
import type { VideoModelId, VideoProviderId } from "@video-engine/video-models";
import { VideoError } from "../../errors.ts";
import type { ProviderJobAnswer, VideoProvider } from "../providers/provider.ts";
import type { WebhookMemory } from "./webhook-memory.ts";

/** A job at a provider. */
export interface WebhookJob {
  readonly provider: VideoProviderId;
  readonly modelId: VideoModelId;
  /** The provider's own id of the job, as in the `job-accepted` event; not the signed one that the user was given. */
  readonly requestId: string;
}

/** A job that has ended, with what the provider answered when it was asked. */
export interface EndedJob extends WebhookJob {
  readonly answer: Exclude<ProviderJobAnswer, { kind: "pending" }>;
}

/** What an app does with webhooks. */
export interface VideoWebhooks {
  /** Where the webhook route is mounted, a public https URL. Given, jobs are submitted with it, where the provider signs. */
  readonly url?: string | undefined;
  /**
   * Told of each job that ended. May be told twice of one job, from several messages. What it throws makes the provider send the
   * webhook again. Providers wait 15 s or so for an answer: do what takes longer elsewhere.
   */
  readonly onJobEnded: (job: EndedJob) => Promise<void> | void;
  /** Whether a job was submitted here. Left out: the provider is asked about every job it sends a webhook for. */
  readonly isOurJob?: ((job: WebhookJob) => Promise<boolean> | boolean) | undefined;
  /** Default: in memory, for one instance of a server. */
  readonly memory?: WebhookMemory | undefined;
}

/** Checks the address when it is set up. Throws `not-configured` for one that no provider would call. */
export function checkWebhookUrl({ url }: Pick<VideoWebhooks, "url">): void {
  if (url === undefined || URL.parse(url)?.protocol === "https:") return;
  throw new VideoError("not-configured", {
    message: `webhooks.url must be an absolute https URL, where the webhook route is mounted. It is "${url}".`,
    details: { setting: "webhooks.url" },
  });
}

/** Where a provider shall say that a job of a model has ended. Undefined: nowhere. */
export function webhookUrlOf({ url }: Pick<VideoWebhooks, "url">) {
  return (provider: VideoProvider, modelId: VideoModelId): string | undefined => {
    if (url === undefined || provider.verifyWebhook === undefined) return undefined;
    const address = new URL(url);
    address.searchParams.set("provider", provider.id);
    address.searchParams.set("modelId", modelId);
    return address.href;
  };
}
