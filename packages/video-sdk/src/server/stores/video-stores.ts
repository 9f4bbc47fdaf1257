// What the routes keep between two requests, in one place: chosen from an app's options, and in memory where they name nothing.
import type { Clock } from "../../platform-ports.ts";
import type { IdempotencyStore } from "../idempotency/idempotency-store.ts";
import { createMemoryIdempotencyStore } from "../idempotency/memory-idempotency-store.ts";
import { createMemoryRateLimiter } from "../limits/memory-rate-limiter.ts";
import type { RateLimiter } from "../limits/rate-limiter.ts";
import type { VideoStoreName } from "../server-event.ts";
import { createWebhookMemory, type WebhookMemory } from "../webhooks/webhook-memory.ts";

/** What is kept between two requests, such as by `redisStores(client)`. */
export interface VideoStores {
  /** Answers to submits, for a day. */
  readonly idempotency: IdempotencyStore;
  /** Counts of requests. */
  readonly limiter: RateLimiter;
  /** Webhooks that were handled, for eleven minutes. */
  readonly webhookMemory: WebhookMemory;
}

/** Options that name stores: all at once, or one of them beside what it is for. */
interface StoreOptions {
  readonly stores?: Partial<VideoStores> | undefined;
  readonly idempotency?: IdempotencyStore | undefined;
  readonly rateLimits?: { readonly limiter?: RateLimiter | undefined } | undefined;
  readonly webhooks?: { readonly memory?: WebhookMemory | undefined } | undefined;
}

/** The stores that are used. */
export interface ChosenStores extends VideoStores {
  /** Those that are in the memory of this process, of those that are needed. */
  readonly inMemory: readonly VideoStoreName[];
}

/** Chooses them. A store that is named by itself goes before that of `stores`. */
export function chooseStores({ stores, idempotency, rateLimits, webhooks }: StoreOptions, clock: Clock): ChosenStores {
  const given = {
    idempotency: idempotency ?? stores?.idempotency,
    limiter: rateLimits?.limiter ?? stores?.limiter,
    webhookMemory: webhooks?.memory ?? stores?.webhookMemory,
  };
  const needed: readonly VideoStoreName[] = [
    "idempotency",
    "limiter",
    ...(webhooks ? (["webhookMemory"] as const) : []),
  ];
  return {
    idempotency: given.idempotency ?? createMemoryIdempotencyStore(clock),
    limiter: given.limiter ?? createMemoryRateLimiter(clock),
    webhookMemory: given.webhookMemory ?? createWebhookMemory(clock),
    inMemory: needed.filter((name) => given[name] === undefined),
  };
}
