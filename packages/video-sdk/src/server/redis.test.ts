// Several instances of a server over one Redis: they count together, and a submit is done by one of them.
import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { RateLimiterRedis } from "rate-limiter-flexible";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { idempotencyStoreContract } from "../testing/contracts/idempotency-store-contract.ts";
import { createRoutesWorld, GOOD, KEY } from "./__fixtures__/routes-world.ts";
import { canStartRedis, startRedis, type StartedRedis } from "./__fixtures__/start-redis.ts";
import type { IdempotencyRecord, IdempotencyStore } from "./idempotency/idempotency-store.ts";
import { rateLimiterFrom } from "./limits/rate-limiter-from.ts";

/** The store as its port describes it for Redis. */
function createRedisStore(client: Redis, prefix: string): IdempotencyStore {
  const read = (text: string | null): IdempotencyRecord | undefined => (text === null ? undefined : JSON.parse(text));
  return {
    async begin(key, record, ttlMs) {
      // One command: what was there comes back, and nothing is stored over it.
      return read(await client.set(prefix + key, JSON.stringify(record), "PX", ttlMs, "NX", "GET"));
    },
    async complete(key, record, ttlMs) {
      await client.set(prefix + key, JSON.stringify(record), "PX", ttlMs);
    },
    async forget(key) {
      await client.del(prefix + key);
    },
  };
}

describe.skipIf(!canStartRedis())("over a real Redis (needs REDIS_URL, or redis-server on the PATH)", () => {
  let redis: StartedRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(async () => {
    await redis.stop();
  });

  describe("the store keeps the contract", () => {
    const createStore = () => createRedisStore(redis.client, randomUUID());
    test.each(idempotencyStoreContract({ createStore }))("$name", async ({ run }) => {
      await expect(run()).resolves.toBeUndefined();
    });
  });

  test("two instances allow together what one would", async () => {
    const name = randomUUID();
    const instance = () =>
      rateLimiterFrom((options) => new RateLimiterRedis({ storeClient: redis.client, ...options }));
    const bucket = { name, limit: 10, windowMs: 60_000 };
    const instances = [instance(), instance()];
    const answers = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => await instances[index % 2]?.take(bucket, "u1")),
    );
    expect(answers.filter((answer) => answer?.isAllowed)).toHaveLength(10);
    const refused = answers.find((answer) => answer?.isAllowed === false);
    expect(refused).toMatchObject({ retryAfterMs: expect.any(Number) });
    expect(await instances[0]?.take(bucket, "u2")).toEqual({ isAllowed: true });
  });

  test("20 submits with one key to two instances make one job", async () => {
    const prefix = randomUUID();
    const first = createRoutesWorld({ idempotency: createRedisStore(redis.client, prefix) });
    const second = createRoutesWorld({ idempotency: createRedisStore(redis.client, prefix) });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? first : second).generate(GOOD, { key: KEY })),
    );
    expect(first.fal.jobs.length + second.fal.jobs.length).toBe(1);
    const accepted = answers.filter(({ status }) => status === 200).map(({ body }) => body.requestId);
    expect(new Set(accepted).size).toBe(1);
    expect(answers.filter(({ status }) => status !== 200 && status !== 409)).toEqual([]);
    expect((await second.generate(GOOD, { key: KEY })).body.requestId).toBe(accepted[0]);
  });
});
