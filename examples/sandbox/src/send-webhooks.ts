// Sends the webhooks of the sandbox's jobs: signed, again after anything but a 2xx, and wrongly where a scenario says so.
import type { DueWebhook } from "@video-engine/video-sdk/testing";
import { createWebhookSigner, WEBHOOK_PROVIDERS, type WebhookProvider, type WebhookSigner } from "./sign-webhooks.ts";

/** A provider whose jobs have webhooks. */
export interface WebhookSource {
  readonly takeWebhooks: () => readonly DueWebhook[];
}

/** One attempt to deliver a webhook. */
export interface WebhookAttempt {
  readonly provider: WebhookProvider;
  readonly jobId: string;
  /** What was answered; undefined when nothing was. */
  readonly status: number | undefined;
}

/** What the sender needs. */
export interface SendWebhooksOptions {
  readonly sources: Readonly<Record<WebhookProvider, WebhookSource>>;
  readonly signer: WebhookSigner;
  /** Carries a webhook to its address. */
  readonly send: (request: Request) => Promise<Response>;
  /** How long it waits after the first failure, milliseconds; each further wait is twice as long. */
  readonly retryMs: number;
}

/** A sender at work. */
export interface WebhookSender {
  /** Every attempt so far, in the order of their answers. */
  readonly attempts: readonly WebhookAttempt[];
  /** Ends it. Resolves when nothing is under way any more. */
  readonly stop: () => Promise<void>;
}

interface Outgoing extends DueWebhook {
  readonly provider: WebhookProvider;
}

/** How often it looks for webhooks that are due, milliseconds. */
const LOOK_MS = 25;
const MAX_ATTEMPTS = 10;

/** Starts to send. */
export function startWebhookSender(options: SendWebhooksOptions): WebhookSender {
  const { sources } = options;
  const attempts: WebhookAttempt[] = [];
  const underWay = new Set<Promise<void>>();
  const ended = new AbortController();
  let heldBack: Outgoing[] = [];

  const deliver = deliverer(options, attempts, ended.signal);

  const start = (webhook: Outgoing): void => {
    const released = heldBack;
    heldBack = [];
    const delivery = (async () => {
      await deliver(webhook);
      for (const late of released) await deliver(late);
    })().finally(() => underWay.delete(delivery));
    underWay.add(delivery);
  };

  const look = (): void => {
    for (const provider of WEBHOOK_PROVIDERS) {
      for (const due of sources[provider].takeWebhooks()) {
        if (due.fault === "late") heldBack.push({ ...due, provider });
        else start({ ...due, provider });
      }
    }
  };
  const timer = setInterval(look, LOOK_MS).unref();

  return {
    attempts,
    stop: async () => {
      clearInterval(timer);
      ended.abort();
      await Promise.allSettled(underWay);
    },
  };
}

/** Returns the function that delivers one webhook: again and again, until it is taken. */
function deliverer({ signer, send, retryMs }: SendWebhooksOptions, attempts: WebhookAttempt[], signal: AbortSignal) {
  const stranger = createWebhookSigner({ kie: "a stranger's", wavespeed: "whsec_a stranger's" });
  const attempt = async ({ provider, jobId, url, body }: Outgoing, headers: Record<string, string>) => {
    const init = { method: "POST", body, headers: { "content-type": "application/json", ...headers } };
    // Within the promise: an address that is none throws, which must end no more than this attempt.
    const post = async (): Promise<number> => (await send(new Request(url, { ...init, signal }))).status;
    const status = await post().catch(() => undefined);
    attempts.push({ provider, jobId, status });
    return status !== undefined && status >= 200 && status < 300;
  };

  return async (webhook: Outgoing): Promise<void> => {
    const { provider, fault } = webhook;
    const by = fault === "forged" ? stranger : signer;
    for (let count = 0; count < MAX_ATTEMPTS && !signal.aborted; count += 1) {
      const headers = by.sign(provider, webhook, Date.now());
      // The same bytes twice, and at once, where the scenario says so.
      const copies = fault === "twice" && count === 0 ? [headers, headers] : [headers];
      const taken = await Promise.all(copies.map((copy) => attempt(webhook, copy)));
      if (taken.includes(true)) return;
      await pause(retryMs * 2 ** count, signal);
    }
  };
}

/** Waits, or until it is ended. Keeps no process alive. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms).unref();
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
