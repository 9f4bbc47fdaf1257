// Webhooks as the providers sign them, with Node's own crypto and keys made for the test.
import { createHash, createHmac, generateKeyPairSync, sign, type KeyObject } from "node:crypto";

/** A webhook, ready to be sent. */
export interface SignedWebhook {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A key pair as fal has them. */
export interface FalKey {
  readonly privateKey: KeyObject;
  /** As its list of keys shows it. */
  readonly jwk: object;
}

/** Makes a key pair. */
export function createFalKey(): FalKey {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return { privateKey, jwk: publicKey.export({ format: "jwk" }) };
}

/** What fal sends. */
export function signForFal(
  key: FalKey,
  message: { readonly requestId: string; readonly atMs: number; readonly body: string; readonly userId?: string },
): SignedWebhook {
  const { requestId, atMs, body, userId = "fal-user" } = message;
  const seconds = String(Math.floor(atMs / 1000));
  const hash = createHash("sha256").update(body).digest("hex");
  const signed = [requestId, userId, seconds, hash].join("\n");
  const headers = {
    "x-fal-webhook-request-id": requestId,
    "x-fal-webhook-user-id": userId,
    "x-fal-webhook-timestamp": seconds,
    "x-fal-webhook-signature": sign(null, Buffer.from(signed), key.privateKey).toString("hex"),
  };
  return { headers, body };
}

/** What WaveSpeedAI sends. The secret is written with its prefix, and used without. */
export function signForWavespeed(
  secret: string,
  { id, atMs, body }: { readonly id: string; readonly atMs: number; readonly body: string },
): SignedWebhook {
  const seconds = String(Math.floor(atMs / 1000));
  const key = secret.slice("whsec_".length);
  const hex = createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("hex");
  return { headers: { "webhook-id": id, "webhook-timestamp": seconds, "webhook-signature": `v3,${hex}` }, body };
}

/** What kie sends, where signing is switched on. The body is not signed. */
export function signForKie(
  secret: string,
  { taskId, atMs, body }: { readonly taskId: string; readonly atMs: number; readonly body: string },
): SignedWebhook {
  const seconds = String(Math.floor(atMs / 1000));
  const signature = createHmac("sha256", secret).update(`${taskId}.${seconds}`).digest("base64");
  return { headers: { "x-webhook-timestamp": seconds, "x-webhook-signature": signature }, body };
}
