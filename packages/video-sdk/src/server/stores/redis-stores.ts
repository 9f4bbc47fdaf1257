// The stores of several instances of a server in one Redis. Each call is one script, so it is one step, and a client that sends it twice or
// late changes nothing. Knows no route.
import type { IdempotencyRecord, IdempotencyStore } from "../idempotency/idempotency-store.ts";
import type { RateLimiter } from "../limits/rate-limiter.ts";
import type { WebhookMemory } from "../webhooks/webhook-memory.ts";
import { runScriptWith, type RedisClient, type RunScript } from "./redis-client.ts";
import type { VideoStores } from "./video-stores.ts";

/** Where in a Redis the stores are. */
export interface RedisStoresOptions {
  /** What every key begins with. Apps that share a Redis need different ones. Default `video-engine:`. */
  readonly prefix?: string | undefined;
}

/**
 * All stores in Redis 4 or later: `createVideoRoutes({ stores: redisStores(client), ... })`. `client` is one of the package `ioredis`,
 * `redis` or `@upstash/redis`; the app makes, connects and closes it, and listens to its `error` events. Throws a TypeError for another one.
 *
 * While Redis cannot be reached, requests that need it are refused (`waitLimits.storeMs`, and an event `store-failed`). What is promised is
 * as durable as this Redis: `docs/several-instances.md` says which of its settings matter.
 */
export function redisStores(client: RedisClient, { prefix = "video-engine:" }: RedisStoresOptions = {}): VideoStores {
  const run = runScriptWith(client);
  return {
    idempotency: redisIdempotency(run, `${prefix}submit:`),
    limiter: redisLimiter(run, `${prefix}rate:`),
    webhookMemory: redisWebhookMemory(run, `${prefix}webhook:`),
  };
}

const BEGIN = `
local run = redis.call('HGET', KEYS[1], 'run')
if run and run ~= ARGV[1] then return redis.call('HGET', KEYS[1], 'record') end
if not run then
  redis.call('HSET', KEYS[1], 'run', ARGV[1], 'record', ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
return false`;

const UPDATE = `
local run = redis.call('HGET', KEYS[1], 'run')
if run and run ~= ARGV[1] then return 0 end
if ARGV[4] == '0' and redis.call('HGET', KEYS[1], 'answered') == '1' then return 0 end
redis.call('HSET', KEYS[1], 'run', ARGV[1], 'record', ARGV[2], 'answered', ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1`;

const FORGET = `
if redis.call('HGET', KEYS[1], 'run') ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`;

function redisIdempotency(run: RunScript, prefix: string): IdempotencyStore {
  return {
    begin: async (key, record, ttlMs) => {
      const known = await run(BEGIN, prefix + key, record.runId, JSON.stringify(record), ttlMs);
      if (known === null || known === undefined) return undefined;
      return (typeof known === "string" ? JSON.parse(known) : known) as IdempotencyRecord; // written by us, under our prefix
    },
    update: async (key, record, ttlMs) => {
      const isAnswered = record.answer === undefined ? 0 : 1;
      await run(UPDATE, prefix + key, record.runId, JSON.stringify(record), ttlMs, isAnswered);
    },
    forget: async (key, runId) => {
      await run(FORGET, prefix + key, runId);
    },
  };
}

/** A window begins with its first request. A count without an end, which only another writer can leave, gets one. */
const TAKE = `
local taken = redis.call('INCR', KEYS[1])
local leftMs = redis.call('PTTL', KEYS[1])
if leftMs < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
  leftMs = tonumber(ARGV[1])
end
return {taken, leftMs}`;

function redisLimiter(run: RunScript, prefix: string): RateLimiter {
  return {
    take: async ({ name, limit, windowMs }, key) => {
      const [taken, leftMs] = numbersOf(await run(TAKE, `${prefix}${name}:${key}`, windowMs));
      return taken <= limit ? { isAllowed: true } : { isAllowed: false, retryAfterMs: leftMs };
    },
  };
}

function numbersOf(reply: unknown): readonly [number, number] {
  const [one, other] = Array.isArray(reply) ? reply.map(Number) : [];
  if (Number.isFinite(one) && Number.isFinite(other)) return [one, other] as [number, number]; // as was just checked
  throw new TypeError("Redis answered a count with something that is none.");
}

/** The call's own token tells a message that is new from one whose first answer was lost. */
const BEGIN_WEBHOOK = `
local known = redis.call('GET', KEYS[1])
if known == 'handled' then return known end
if known and known ~= ARGV[1] then return 'handling' end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 'new'`;

const END_WEBHOOK = `redis.call('SET', KEYS[1], 'handled', 'PX', ARGV[1]) return 1`;
const FORGET_WEBHOOK = `return redis.call('DEL', KEYS[1])`;

function redisWebhookMemory(run: RunScript, prefix: string): WebhookMemory {
  return {
    begin: async (messageId, lifetimeMs) => {
      const state = await run(BEGIN_WEBHOOK, prefix + messageId, crypto.randomUUID(), lifetimeMs);
      return state === "new" || state === "handled" ? state : "handling";
    },
    end: async (messageId, lifetimeMs) => {
      await run(END_WEBHOOK, prefix + messageId, lifetimeMs);
    },
    forget: async (messageId) => {
      await run(FORGET_WEBHOOK, prefix + messageId);
    },
  };
}
