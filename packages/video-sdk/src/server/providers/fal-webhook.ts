// Checks whether fal sent a webhook. fal signs the headers and a hash of the body with Ed25519.
import * as z from "zod";
import { isRequestId, type ProviderWebhook, type VerifiedWebhook } from "./provider.ts";
import { fromHex, sha256Hex } from "../hmac.ts";
import { checkWebhookTime, signedHeader, webhookRefused } from "../webhooks/webhook-refused.ts";
import type { FalWebhookKeys } from "./fal-webhook-keys.ts";
import { readJson } from "./provider-answer.ts";

const bodySchema = z.object({
  request_id: z.string().check(z.refine(isRequestId)),
  gateway_request_id: z.optional(z.unknown()),
});

/** How the sender of a webhook is checked. */
export interface FalWebhookSender {
  readonly keys: FalWebhookKeys;
  /** The account whose webhooks are accepted. Undefined: every account, because fal signs for all customers with the same keys. */
  readonly userId: string | undefined;
}

/** Reads and checks a webhook. See `VideoProvider.verifyWebhook`. */
export async function verifyFalWebhook(
  { headers, body, nowMs, signal }: ProviderWebhook,
  { keys, userId }: FalWebhookSender,
): Promise<VerifiedWebhook> {
  const headerId = signedHeader(headers, "x-fal-webhook-request-id");
  const sender = signedHeader(headers, "x-fal-webhook-user-id");
  const seconds = signedHeader(headers, "x-fal-webhook-timestamp");
  const signature = fromHex(signedHeader(headers, "x-fal-webhook-signature"));
  checkWebhookTime(seconds, nowMs);
  if (userId !== undefined && sender !== userId) throw webhookRefused("It is of another fal account.");
  if (signature === undefined) throw webhookRefused("The signature is not hexadecimal.");
  const signed = [headerId, sender, seconds, await sha256Hex(body)].join("\n");
  const isSigned = await keys.verify({ message: new TextEncoder().encode(signed), signature }, { nowMs, signal });
  if (!isSigned) throw webhookRefused("No key of fal fits the signature.");
  return { requestId: requestIdIn(body, headerId), messageId: signed };
}

// The gateway's id names one attempt of a job, and the header may have it.
function requestIdIn(body: Uint8Array, headerId: string): string {
  const parsed = bodySchema.safeParse(readJson(new TextDecoder().decode(body)));
  const ids = parsed.success ? [parsed.data.request_id, parsed.data.gateway_request_id] : [];
  if (!parsed.success || !ids.includes(headerId))
    throw webhookRefused("The body is about another job than the header.");
  return parsed.data.request_id;
}
