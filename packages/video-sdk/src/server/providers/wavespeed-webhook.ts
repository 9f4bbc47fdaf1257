// Whether WaveSpeedAI sent a webhook. It signs an id, a time and the body with a shared secret.
import * as z from "zod";
import { isRequestId } from "../request-id.ts";
import { isHmacSha256 } from "../hmac.ts";
import { fromHex } from "../webhooks/signature-bytes.ts";
import { checkWebhookTime, signedHeader, webhookRefused } from "../webhooks/webhook-refused.ts";
import { readJson } from "./provider-answer.ts";
import type { ProviderWebhook, VerifiedWebhook } from "./provider.ts";

const bodySchema = z.object({ id: z.string().check(z.refine(isRequestId)) });

/** Reads a webhook of WaveSpeedAI's. `secret` with or without its `whsec_`. See `VideoProvider.verifyWebhook`. */
export async function verifyWavespeedWebhook(
  { headers, body, nowMs }: ProviderWebhook,
  secret: string,
): Promise<VerifiedWebhook> {
  const id = signedHeader(headers, "webhook-id");
  const seconds = signedHeader(headers, "webhook-timestamp");
  const [, hex = ""] = /^v3,([0-9a-f]+)$/i.exec(signedHeader(headers, "webhook-signature")) ?? [];
  checkWebhookTime(seconds, nowMs);
  const head = new TextEncoder().encode(`${id}.${seconds}.`);
  const message = new Uint8Array(head.length + body.length);
  message.set(head);
  message.set(body, head.length);
  // The prefix is no part of the key, and the rest is not decoded.
  const isSigned = await isHmacSha256(message, fromHex(hex), secret.replace(/^whsec_/, ""));
  if (!isSigned) throw webhookRefused("The signature does not fit.");
  const parsed = bodySchema.safeParse(readJson(new TextDecoder().decode(body)));
  if (!parsed.success) throw webhookRefused("The body names no task.");
  return { requestId: parsed.data.id, messageId: `${id}.${seconds}` };
}
