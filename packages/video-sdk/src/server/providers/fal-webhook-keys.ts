// The public keys that fal signs webhooks with: fetched when first needed, kept for at most a day, and fetched again when none of
// them fits. Any of them may have signed.
import * as z from "zod";
import { systemClock } from "../../platform/system.ts";
import { isTransientStatus, retryRead } from "../retry-read.ts";
import { providerUnavailable } from "./provider-errors.ts";
import { fetchAnswer, type Fetch, type ProviderAnswer } from "./provider-answer.ts";

const KEYS_URL = "https://rest.fal.ai/.well-known/jwks.json";
const LIFETIME_MS = 24 * 60 * 60 * 1000;
/** How long the retries of a fetch may take, milliseconds: a webhook is checked within 10 s, and its sender waits about 15 s. */
const RETRY_WITHIN_MS = 5000;
/** Signatures that fit no key must not cause a fetch each. */
const MIN_AGE_MS = 60_000;
/** Nor while the page cannot be read: so long its failure is remembered, milliseconds. Providers send a webhook again for hours. */
const FAILURE_MS = 10_000;

const keySchema = z.object({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: z.string() });
const keysSchema = z.object({ keys: z.array(z.unknown()) });

/** A message and its alleged signature. */
export interface SignedMessage {
  readonly message: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** Checks signatures with fal's keys. */
export interface FalWebhookKeys {
  /** Whether one of the keys has signed. Throws `provider-unavailable` when keys have to be fetched and cannot be. */
  verify(signed: SignedMessage, at: { readonly nowMs: number; readonly signal: AbortSignal }): Promise<boolean>;
}

interface KnownKeys {
  readonly keys: readonly CryptoKey[];
  readonly fetchedAt: number;
}

/** Builds the cache of keys. Fetches nothing yet. */
export function createFalWebhookKeys(fetch: () => Fetch): FalWebhookKeys {
  let known: KnownKeys | undefined;
  let pending: Promise<KnownKeys> | undefined;
  let failure: { readonly error: unknown; readonly at: number } | undefined;

  // Webhooks that arrive together share one fetch, unless it was aborted.
  const refresh = async (nowMs: number, signal: AbortSignal): Promise<KnownKeys> => {
    // An aborted signal fires no event.
    signal.throwIfAborted();
    if (failure !== undefined && Math.abs(nowMs - failure.at) < FAILURE_MS) throw failure.error;
    const asked = pending ?? fetchKeys(fetch(), signal).then((keys) => ({ keys, fetchedAt: nowMs }));
    const forget = (): void => {
      if (pending === asked) pending = undefined;
    };
    pending = asked;
    signal.addEventListener("abort", forget);
    try {
      known = await asked;
      return known;
    } catch (error) {
      if (!signal.aborted) failure = { error, at: nowMs };
      throw error;
    } finally {
      forget();
      signal.removeEventListener("abort", forget);
    }
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
  const read = async (): Promise<ProviderAnswer> => await fetchPage(fetch, signal);
  const answer = await retryRead(read, { clock: systemClock, withinMs: RETRY_WITHIN_MS, signal });
  const parsed = keysSchema.safeParse(answer.isReached && answer.status === 200 ? answer.body : undefined);
  const imported = await Promise.all((parsed.success ? parsed.data.keys : []).map(importKey));
  const keys = imported.filter((key) => key !== undefined);
  if (keys.length === 0) throw providerUnavailable("fal", answer);
  return keys;
}

// Throws only what another attempt may change: a page without keys has no other content a second later.
async function fetchPage(fetch: Fetch, signal: AbortSignal): Promise<ProviderAnswer> {
  const answer = await fetchAnswer(fetch, KEYS_URL, { signal });
  if (!answer.isReached || isTransientStatus(answer.status)) throw providerUnavailable("fal", answer);
  return answer;
}

// A key of another kind, or a broken one, does not stop the others from being used.
async function importKey(value: unknown): Promise<CryptoKey | undefined> {
  const parsed = keySchema.safeParse(value);
  if (!parsed.success) return undefined;
  try {
    return await crypto.subtle.importKey("jwk", parsed.data, "Ed25519", false, ["verify"]);
  } catch {
    return undefined;
  }
}
