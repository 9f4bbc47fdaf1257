// What the log learns of stores: that one failed, and that they are in the memory of one process where that is not enough.
import { afterEach, describe, expect, test, vi } from "vitest";
import { createRoutesWorld, GOOD, KEY } from "./__fixtures__/routes-world.ts";
import type { VideoRoutesOptions } from "./create-video-routes.ts";
import { createMemoryIdempotencyStore } from "./idempotency/memory-idempotency-store.ts";
import { createMemoryRateLimiter } from "./limits/memory-rate-limiter.ts";
import type { VideoServerEvent } from "./server-event.ts";
import { systemClock } from "../platform/system.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

const told = (events: readonly VideoServerEvent[]) => events.filter(({ type }) => type === "memory-stores-used");
const webhooks = { onJobEnded: () => undefined };
const idempotency = createMemoryIdempotencyStore(systemClock);
const limiter = createMemoryRateLimiter(systemClock);

describe("stores in memory", () => {
  test.each<[string, Partial<VideoRoutesOptions>, readonly string[]]>([
    ["all of them", { webhooks }, ["idempotency", "limiter", "webhookMemory"]],
    ["without webhooks, those that are needed", {}, ["idempotency", "limiter"]],
    ["beside a shared one, the others", { stores: { idempotency }, webhooks }, ["limiter", "webhookMemory"]],
    [
      "beside shared ones that are named by themselves",
      { idempotency, rateLimits: { limiter }, webhooks },
      ["webhookMemory"],
    ],
  ])("are told of in production, once: %s", async (_, options, stores) => {
    vi.stubEnv("NODE_ENV", "production");
    const { generate, events } = createRoutesWorld(options);
    expect(told(events)).toEqual([]);
    for (const key of [KEY, `${KEY}-next`]) await generate(GOOD, { key });
    expect(told(events)).toMatchObject([{ type: "memory-stores-used", stores }]);
  });

  test.each([
    ["a process that does not say what it is", () => vi.stubEnv("NODE_ENV", undefined)],
    ["an edge runtime, which has no process", () => vi.stubGlobal("process", undefined)],
    ["an edge runtime with a process without an environment", () => vi.stubGlobal("process", {})],
  ])("are told of by %s", async (_, stub) => {
    stub();
    const { generate, events } = createRoutesWorld();
    vi.unstubAllGlobals();
    await generate(GOOD, { key: KEY });
    expect(told(events)).toHaveLength(1);
  });

  test.each(["development", "test"])("are not told of in %s", async (name) => {
    vi.stubEnv("NODE_ENV", name);
    const { generate, events } = createRoutesWorld();
    await generate(GOOD, { key: KEY });
    expect(told(events)).toEqual([]);
  });

  test("are not told of where all that is needed is shared", async () => {
    vi.stubEnv("NODE_ENV", "production");
    const { generate, events } = createRoutesWorld({ stores: { idempotency, limiter } });
    await generate(GOOD, { key: KEY });
    expect(told(events)).toEqual([]);
  });
});

describe("a store that fails is told of, and the request is refused as not done:", () => {
  const cause = new Error("redis://user:password@host is down");
  const down = () => Promise.reject(cause);

  test.each<[string, Partial<VideoRoutesOptions>]>([
    ["idempotency", { stores: { idempotency: { ...idempotency, begin: down } } }],
    ["limiter", { stores: { limiter: { take: down } }, rateLimits: {} }],
  ])("%s", async (store, options) => {
    const { generate, events, fal } = createRoutesWorld(options);
    const answer = await generate(GOOD, { key: KEY });
    expect(answer).toMatchObject({ status: 503, body: { error: { code: "provider-unavailable", retryable: true } } });
    expect(JSON.stringify(answer.body)).not.toContain("password");
    const failed = events.filter(({ type }) => type === "store-failed");
    expect(failed).toMatchObject([{ store, userId: "u1", cause: { name: "Error" } }]);
    expect(JSON.stringify(events)).not.toContain("password");
    expect(fal.calls).toEqual([]);
  });

  test("a limit that is reached is no failure", async () => {
    const { generate, events } = createRoutesWorld({ rateLimits: { submit: { perHour: 1 } } });
    await generate(GOOD);
    expect((await generate(GOOD)).status).toBe(429);
    expect(events.map(({ type }) => type)).not.toContain("store-failed");
  });
});
