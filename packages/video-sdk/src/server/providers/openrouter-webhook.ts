// Checks whether OpenRouter sent a webhook. It signs a time and the body with the secret of its workspace.
import * as z from "zod";
import { isRequestId, type ProviderWebhook, type VerifiedWebhook } from "./provider.ts";
import { fromHex, isHmacSha256 } from "../hmac.ts";
import { checkWebhookTime, signedHeader, webhookRefused } from "../webhooks/webhook-refused.ts";
import { readJson } from "./provider-answer.ts";

const bodySchema = z.object({ data: z.object({ id: z.string().check(z.refine(isRequestId)) }) });

/** Reads and checks a webhook. See `VideoProvider.verifyWebhook`. */
export async function verifyOpenrouterWebhook(
  { headers, body, nowMs }: ProviderWebhook,
  secret: string,
): Promise<VerifiedWebhook> {
  const signature = signedHeader(headers, "x-openrouter-signature");
  const [, seconds = ""] = /(?:^|,)\s*t=(\d+)/.exec(signature) ?? [];
  const [, hex = ""] = /(?:^|,)\s*v1=([0-9a-f]+)/i.exec(signature) ?? [];
  checkWebhookTime(seconds, nowMs);
  const head = new TextEncoder().encode(`${seconds},`);
  const message = new Uint8Array(head.length + body.length);
  message.set(head);
  message.set(body, head.length);
  if (!(await isHmacSha256(message, fromHex(hex), secret))) throw webhookRefused("The signature does not fit.");
  const parsed = bodySchema.safeParse(readJson(new TextDecoder().decode(body)));
  if (!parsed.success) throw webhookRefused("The body names no job.");
  const { id } = parsed.data.data;
  return { requestId: id, messageId: `${id}.${seconds}` };
}
