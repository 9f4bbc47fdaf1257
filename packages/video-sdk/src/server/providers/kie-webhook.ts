// Checks whether kie.ai sent a callback. kie signs the task's id and a time, not the body, and only when that is switched on in its
// settings.
import * as z from "zod";
import { isRequestId, type ProviderWebhook, type VerifiedWebhook } from "./provider.ts";
import { fromBase64, isHmacSha256 } from "../hmac.ts";
import { checkWebhookTime, signedHeader, webhookRefused } from "../webhooks/webhook-refused.ts";
import { readJson } from "./provider-answer.ts";

const taskId = z.optional(z.string().check(z.refine(isRequestId)));
// kie's page says taskId, its example task_id.
const bodySchema = z.object({ data: z.object({ taskId, task_id: taskId }) });

/** Reads and checks a callback. `secret` is the `webhookHmacKey` of kie's settings. See `VideoProvider.verifyWebhook`. */
export async function verifyKieWebhook(
  { headers, body, nowMs }: ProviderWebhook,
  secret: string,
): Promise<VerifiedWebhook> {
  const seconds = signedHeader(headers, "x-webhook-timestamp");
  const signature = fromBase64(signedHeader(headers, "x-webhook-signature"));
  // kie states no window; this is the other providers'.
  checkWebhookTime(seconds, nowMs);
  const parsed = bodySchema.safeParse(readJson(new TextDecoder().decode(body)));
  const id = parsed.success ? (parsed.data.data.taskId ?? parsed.data.data.task_id) : undefined;
  if (id === undefined) throw webhookRefused("The body names no task.");
  const signed = `${id}.${seconds}`;
  const isSigned = await isHmacSha256(new TextEncoder().encode(signed), signature, secret);
  if (!isSigned) throw webhookRefused("The signature does not fit.");
  return { requestId: id, messageId: signed };
}
