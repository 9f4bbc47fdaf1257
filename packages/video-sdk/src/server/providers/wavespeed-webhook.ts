// Checks whether WaveSpeedAI sent a webhook. It signs an id, a time and the body with a shared secret.
import * as z from "zod";
import { isRequestId, type ProviderWebhook, type VerifiedWebhook } from "./provider.ts";
import { fromHex, isHmacSha256 } from "../hmac.ts";
import { checkWebhookTime, signedHeader, webhookRefused } from "../webhooks/webhook-refused.ts";
import { readJson } from "./provider-answer.ts";

const bodySchema = z.object({ id: z.string().check(z.refine(isRequestId)) });

/** Reads and checks a webhook. `secret` with or without its `whsec_`. See `VideoProvider.verifyWebhook`. */
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
  // The prefix is not part of the key, and the rest is used as text.
  const isSigned = await isHmacSha256(message, fromHex(hex), secret.replace(/^whsec_/, ""));
  if (!isSigned) throw webhookRefused("The signature does not fit.");
  const parsed = bodySchema.safeParse(readJson(new TextDecoder().decode(body)));
  if (!parsed.success) throw webhookRefused("The body names no task.");
  return { requestId: parsed.data.id, messageId: `${id}.${seconds}` };
}
