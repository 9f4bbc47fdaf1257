// The stores over a real Redis, by each client library: they keep their contracts, and several instances of a server work as one.
import { randomUUID } from "node:crypto";
import { RateLimiterRedis } from "rate-limiter-flexible";
import { build } from "esbuild";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { idempotencyStoreContract } from "../../testing/contracts/idempotency-store-contract.ts";
import { openIoredis, passTime, REDIS_CLIENTS, type OpenedClient } from "../__fixtures__/redis-clients.ts";
import { createRoutesWorld, GOOD, KEY } from "../__fixtures__/routes-world.ts";
import { canStartRedis, startRedis, type StartedRedis } from "@video-engine/test-servers";
import { rateLimiterFrom } from "../limits/rate-limiter-from.ts";
import { redisStores } from "./redis-stores.ts";

/** For a busy machine: servers are started, and nothing here is measured. */

describe.skipIf(!canStartRedis()).each(Object.keys(REDIS_CLIENTS))(
  "with the package %s (needs redis-server on the PATH)",
  (library) => {
    let redis: StartedRedis;
    let opened: OpenedClient | undefined;
    let side: Awaited<ReturnType<typeof openIoredis>>;
    beforeAll(async () => {
      redis = await startRedis();
      side = await openIoredis(redis.url);
      opened = await REDIS_CLIENTS[library]?.(redis.url);
    });
    afterAll(async () => {
      await opened?.close();
      await side.close();
      await redis.stop();
    });
    const advance = async (ms: number): Promise<void> => await passTime(side.client, ms);
    const stores = (prefix: string = randomUUID()) => {
      if (opened === undefined) throw new Error("The client is not open.");
      return redisStores(opened.client, { prefix });
    };

    test.each(idempotencyStoreContract({ createStore: () => stores().idempotency, advance }))(
      "the answers keep the contract: $name",
      async ({ run }) => {
        await expect(run()).resolves.toBeUndefined();
      },
    );

    test("two instances allow together what one would, for each user, and again in the next window", async () => {
      const prefix = randomUUID();
      const bucket = { name: "a:1m", limit: 10, windowMs: 60_000 };
      const instances = [stores(prefix), stores(prefix)];
      const take = async (index: number) => await instances[index % 2]?.limiter.take(bucket, "u1");
      const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => take(index)));
      expect(answers.filter((answer) => answer?.isAllowed)).toHaveLength(10);
      const refused = answers.find((answer) => answer?.isAllowed === false);
      expect(refused).toMatchObject({ retryAfterMs: expect.any(Number) });
      expect(await stores(prefix).limiter.take(bucket, "u2")).toEqual({ isAllowed: true });
      await advance(60_000);
      expect(await take(0)).toEqual({ isAllowed: true });
    });

    test("a webhook is new once among all instances, until its time is over, it is forgotten, or was handled", async () => {
      const prefix = randomUUID();
      const [one, other] = [stores(prefix).webhookMemory, stores(prefix).webhookMemory];
      const begin = async (index: number) => await (index % 2 === 0 ? one : other).begin("fal\n1", 60_000);
      const all = await Promise.all(Array.from({ length: 20 }, (_, index) => begin(index)));
      expect(all.toSorted()).toEqual([...Array.from({ length: 19 }, () => "handling"), "new"]);
      await one.forget("fal\n1");
      expect(await begin(1)).toBe("new");
      await advance(60_000);
      expect(await begin(0)).toBe("new");
      await one.end("fal\n1", 120_000);
      await advance(60_000);
      expect(await begin(1)).toBe("handled");
      await advance(60_000);
      expect(await begin(1)).toBe("new");
    });

    test("20 submits with one key to two instances make one job", async () => {
      const prefix = randomUUID();
      const first = createRoutesWorld({ stores: stores(prefix) });
      const second = createRoutesWorld({ stores: stores(prefix) });
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? first : second).generate(GOOD, { key: KEY })),
      );
      expect(first.fal.jobs.length + second.fal.jobs.length).toBe(1);
      const accepted = answers.filter(({ status }) => status === 200).map(({ body }) => body.requestId);
      expect(new Set(accepted).size).toBe(1);
      expect(answers.filter(({ status }) => status !== 200 && status !== 409)).toEqual([]);
      expect((await second.generate(GOOD, { key: KEY })).body.requestId).toBe(accepted[0]);
    });

    test("a key that holds something else is an error, and no answer", async () => {
      const prefix = randomUUID();
      await stores(`${prefix}submit:`).webhookMemory.begin("x", 60_000);
      const taken = stores(prefix).idempotency.begin("webhook:x", { runId: "r", fingerprint: "f", seenAt: 0 }, 1000);
      await expect(taken).rejects.toThrow("WRONGTYPE");
    });
  },
);

describe.skipIf(!canStartRedis())(
  "a limiter of the package rate-limiter-flexible (needs redis-server on the PATH)",
  () => {
    test("counts for two instances together", async () => {
      const redis = await startRedis();
      onTestFinished(redis.stop);
      const storeClient = new Redis(redis.url);
      onTestFinished(() => storeClient.disconnect());
      const instance = () => rateLimiterFrom((options) => new RateLimiterRedis({ storeClient, ...options }));
      const instances = [instance(), instance()];
      const bucket = { name: "a:1m", limit: 10, windowMs: 60_000 };
      const answers = await Promise.all(
        Array.from({ length: 40 }, async (_, index) => await instances[index % 2]?.take(bucket, "u1")),
      );
      expect(answers.filter((answer) => answer?.isAllowed)).toHaveLength(10);
    });
  },
);

describe.skipIf(!canStartRedis())("when Redis dies and comes back (needs redis-server on the PATH)", () => {
  test.each([
    ["every-command", 1],
    ["none", 2],
  ] as const)("with its files kept at %s, a key that was paid for makes %i job(s)", async (files, jobs) => {
    const redis = await startRedis(files);
    onTestFinished(redis.stop);
    const { client, close } = await openIoredis(redis.url);
    onTestFinished(close);
    const { generate, fal } = createRoutesWorld({ stores: redisStores(client) });
    const first = await generate(GOOD, { key: KEY });
    expect(first.status).toBe(200);
    await redis.kill();
    await redis.restart();
    const again = await generate(GOOD, { key: KEY });
    expect(again.status).toBe(200);
    expect(fal.jobs).toHaveLength(jobs);
    if (files === "every-command") expect(again.body).toEqual(first.body);
  });

  test.each(["ioredis", "redis"])(
    "while it is gone, %s has every submit refused as not done, and then it goes on",
    async (library) => {
      const redis = await startRedis("every-command");
      onTestFinished(redis.stop);
      const opened = await REDIS_CLIENTS[library]?.(redis.url);
      if (opened === undefined) throw new Error("There is no such client.");
      onTestFinished(opened.close);
      const { generate, fal, events, clock } = createRoutesWorld({
        stores: redisStores(opened.client),
        rateLimits: {},
      });
      await redis.kill();
      const refused = Promise.all([1, 2, 3].map(async (number) => await generate(GOOD, { key: `${KEY}-${number}` })));
      // Both libraries keep commands for later, so nothing but the time limit answers.
      await vi.waitFor(() => expect(clock.pending).toBe(3));
      await clock.advance(3000);
      for (const answer of await refused) {
        expect(answer).toMatchObject({
          status: 503,
          body: { error: { code: "provider-unavailable", retryable: true } },
        });
      }
      expect(events.filter(({ type }) => type === "store-failed")).toHaveLength(3);
      expect(fal.calls).toEqual([]);
      await redis.restart();
      // What was kept for later is done now, and stands for no submit.
      await vi.waitFor(async () => expect((await generate(GOOD, { key: `${KEY}-1` })).status).toBe(200));
      expect(fal.jobs).toHaveLength(1);
    },
  );
});

describe("a client that is none", () => {
  test.each([undefined, null, {}, { eval: "no" }, () => undefined])(
    "%o is refused when the stores are made",
    (client) => {
      expect(() => redisStores(client as never)).toThrow("ioredis, redis or @upstash/redis");
    },
  );
});

test("a server without it has nothing of it in its bundle", async () => {
  const entry = new URL("../index.ts", import.meta.url).pathname;
  const bundle = async (names: string): Promise<string> => {
    const { outputFiles } = await build({
      stdin: { contents: `export { ${names} } from ${JSON.stringify(entry)};`, resolveDir: import.meta.dirname },
      conditions: ["@video-engine/source"],
      ...{ bundle: true, write: false, format: "esm", platform: "node", packages: "external", logLevel: "silent" },
    });
    return outputFiles?.map(({ text }) => text).join("") ?? "";
  };
  expect(await bundle("createVideoRoutes")).not.toContain("HSET");
  expect(await bundle("createVideoRoutes, redisStores")).toContain("HSET");
});
