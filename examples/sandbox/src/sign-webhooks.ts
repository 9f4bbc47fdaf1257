// Signs webhooks as the providers do, with keys of the sandbox's own. Sends nothing.
import { createHash, createHmac, generateKeyPairSync, randomUUID, sign } from "node:crypto";

/** The providers that sign theirs. */
export const WEBHOOK_PROVIDERS = ["fal", "kie", "wavespeed"] as const;

/** One of them. */
export type WebhookProvider = (typeof WEBHOOK_PROVIDERS)[number];

/** What is signed. */
export interface UnsignedWebhook {
  readonly jobId: string;
  readonly body: string;
}

/** Signs for every provider. */
export interface WebhookSigner {
  /** What fal's page of keys shows. */
  readonly falKeys: readonly object[];
  /** The headers of a webhook that leaves at a time. */
  readonly sign: (provider: WebhookProvider, webhook: UnsignedWebhook, nowMs: number) => Record<string, string>;
}

/** Shared secrets, as they stand in the settings of the app that is called. */
export interface WebhookSecrets {
  readonly kie: string;
  /** With its `whsec_`. */
  readonly wavespeed: string;
}

/** Makes a signer with a new key of fal's kind. */
export function createWebhookSigner(secrets: WebhookSecrets): WebhookSigner {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const signers: Record<WebhookProvider, (webhook: UnsignedWebhook, seconds: string) => Record<string, string>> = {
    fal: ({ jobId, body }, seconds) => {
      const message = [jobId, FAL_USER, seconds, createHash("sha256").update(body).digest("hex")].join("\n");
      return {
        "x-fal-webhook-request-id": jobId,
        "x-fal-webhook-user-id": FAL_USER,
        "x-fal-webhook-timestamp": seconds,
        "x-fal-webhook-signature": sign(null, Buffer.from(message), privateKey).toString("hex"),
      };
    },
    kie: ({ jobId }, seconds) => ({
      "x-webhook-timestamp": seconds,
      "x-webhook-signature": createHmac("sha256", secrets.kie).update(`${jobId}.${seconds}`).digest("base64"),
    }),
    wavespeed: ({ body }, seconds) => {
      const id = `msg_${randomUUID()}`;
      const key = secrets.wavespeed.replace(/^whsec_/, "");
      const hex = createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("hex");
      return { "webhook-id": id, "webhook-timestamp": seconds, "webhook-signature": `v3,${hex}` };
    },
  };
  return {
    falKeys: [publicKey.export({ format: "jwk" })],
    sign: (provider, webhook, nowMs) => signers[provider](webhook, String(Math.floor(nowMs / 1000))),
  };
}

const FAL_USER = "sandbox";
