// What a provider would send when its jobs end, and what can go wrong with that, as data. Signs nothing and sends nothing.

/**
 * What happens to the webhook of one job: it never leaves; the same bytes leave twice; its signature is a stranger's; it leaves after the webhook
 * of a job that ended later; it leaves while the job still runs.
 */
export type WebhookFault = "lost" | "twice" | "forged" | "late" | "early";

/** A webhook that a provider would send now. */
export interface DueWebhook {
  /** The provider's id of the job. */
  readonly jobId: string;
  /** Where the submit wanted it to go. */
  readonly url: string;
  /** JSON. */
  readonly body: string;
  readonly fault: WebhookFault | undefined;
}

/** A job, as far as its webhook is concerned. Times are milliseconds; one that never comes is Infinity. */
export interface WebhookSource {
  readonly jobId: string;
  /** Undefined for a job without a webhook. */
  readonly url: string | undefined;
  readonly fault: WebhookFault | undefined;
  readonly startsAt: number;
  readonly endsAt: number;
  /** The body once the job has ended. */
  readonly body: () => unknown;
}

/** The webhooks that are due and not in `taken` yet, where they are put. */
export function takeDueWebhooks(sources: readonly WebhookSource[], taken: Set<string>, now: number): DueWebhook[] {
  return sources.flatMap(({ jobId, url, fault, startsAt, endsAt, body }) => {
    const dueAt = fault === "early" ? startsAt : endsAt;
    if (url === undefined || fault === "lost" || now < dueAt || taken.has(jobId)) return [];
    taken.add(jobId);
    return [{ jobId, url, fault, body: JSON.stringify(body()) }];
  });
}

interface WithWebhook {
  readonly webhook: WebhookFault;
}

/** The scenarios of webhooks, the same for every provider. */
export const WEBHOOK_SCENARIOS = {
  "webhook-lost": { webhook: "lost" },
  "webhook-twice": { webhook: "twice" },
  "webhook-forged": { webhook: "forged" },
  "webhook-late": { webhook: "late" },
  "webhook-early": { webhook: "early" },
} as const satisfies Record<string, WithWebhook>;
