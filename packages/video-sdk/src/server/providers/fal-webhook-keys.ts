// The public keys that fal signs webhooks with: fetched when first needed, kept for a day at most, and fetched anew when none
// of them fits. Any of them may have signed.
import * as z from "zod";
import { fetchAnswer } from "./fetch-answer.ts";
import { providerUnavailable } from "./provider-errors.ts";
import type { Fetch } from "./provider-answer.ts";

const KEYS_URL = "https://rest.fal.ai/.well-known/jwks.json";
const LIFETIME_MS = 24 * 60 * 60 * 1000;
/** Signatures that fit no key must not make us ask fal all the time. */
const MIN_AGE_MS = 60_000;

const keySchema = z.object({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: z.string() });
const keysSchema = z.object({ keys: z.array(z.unknown()) });

/** A signature and what it is said to be of. */
export interface SignedMessage {
  readonly message: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** Verifies with fal's keys. */
export interface FalWebhookKeys {
  /** Whether one of the keys has signed. Throws `provider-unavailable` when keys are needed and cannot be had. */
  verify(signed: SignedMessage, at: { readonly nowMs: number; readonly signal: AbortSignal }): Promise<boolean>;
}

interface KnownKeys {
  readonly keys: readonly CryptoKey[];
  readonly fetchedAt: number;
}

/** Builds the memory of keys. Fetches nothing yet. */
export function createFalWebhookKeys(fetch: () => Fetch): FalWebhookKeys {
  let known: KnownKeys | undefined;
  let pending: Promise<KnownKeys> | undefined;

  // Webhooks that arrive together share one fetch, unless it has been given up.
  const refresh = async (nowMs: number, signal: AbortSignal): Promise<KnownKeys> => {
    // Too late to be told of it.
    signal.throwIfAborted();
    const asked = pending ?? fetchKeys(fetch(), signal).then((keys) => ({ keys, fetchedAt: nowMs }));
    const forget = (): void => {
      if (pending === asked) pending = undefined;
    };
    pending = asked;
    signal.addEventListener("abort", forget);
    known = await asked.finally(forget);
    return known;
  };

  return {
    verify: async (signed, { nowMs, signal }) => {
      const isUsable = known !== undefined && nowMs - known.fetchedAt < LIFETIME_MS;
      const current = known !== undefined && isUsable ? known : await refresh(nowMs, signal);
      if (await isSignedByAny(signed, current.keys)) return true;
      if (nowMs - current.fetchedAt < MIN_AGE_MS) return false;
      return await isSignedByAny(signed, (await refresh(nowMs, signal)).keys);
    },
  };
}

async function isSignedByAny({ message, signature }: SignedMessage, keys: readonly CryptoKey[]): Promise<boolean> {
  for (const key of keys) {
    if (await crypto.subtle.verify("Ed25519", key, signature, message)) return true;
  }
  return false;
}

async function fetchKeys(fetch: Fetch, signal: AbortSignal): Promise<CryptoKey[]> {
  const answer = await fetchAnswer(fetch, KEYS_URL, { signal });
  const parsed = keysSchema.safeParse(answer.isReached && answer.status === 200 ? answer.body : undefined);
  const imported = await Promise.all((parsed.success ? parsed.data.keys : []).map(importKey));
  const keys = imported.filter((key) => key !== undefined);
  if (keys.length === 0) throw providerUnavailable("fal", answer);
  return keys;
}

// A key of another kind, or a broken one, is no reason to do without the others.
async function importKey(value: unknown): Promise<CryptoKey | undefined> {
  const parsed = keySchema.safeParse(value);
  if (!parsed.success) return undefined;
  try {
    return await crypto.subtle.importKey("jwk", parsed.data, "Ed25519", false, ["verify"]);
  } catch {
    return undefined;
  }
}
