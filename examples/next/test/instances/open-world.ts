// Everything around two instances of the app: a Redis, the example's Convex backend, the sandbox, a balancer, and the engine of one user, as
// the app's client has it. The first instance is behind a tripwire.
import { randomUUID } from "node:crypto";
import { spawnEmbeddedBackend } from "@video-engine/example-convex";
import { startSandbox } from "@video-engine/example-sandbox";
import { createPollingPolicy, createVideoEngine, functionsByName } from "@video-engine/video-sdk";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { Redis } from "ioredis";
import { makeFunctionReference } from "convex/server";
import { ISSUER, mintToken, ORIGIN, PUBLIC_PEM } from "../support/session-tokens.ts";
import { startBalancer } from "./start-balancer.ts";
import { startInstance, type InstanceKind } from "./start-instance.ts";
import { startRedis } from "@video-engine/test-servers";
import { openTripwire } from "./tripwire.ts";

/** What the sandbox takes for a job, milliseconds. */
const JOB_MS = 1500;
const SERVER_SECRET = "server-secret".repeat(3);
const CREDITS = 1_000_000;
/** The user, as both Clerk's and Convex's tokens name them. */
export const USER = "user_1";

/** Everything of one user on the backend. */
interface Books {
  readonly credits: { readonly total: number; readonly reserved: number };
  readonly openSlots: number;
  readonly rows: readonly { readonly isLoading: boolean; readonly videos?: readonly string[] }[];
}
const books = makeFunctionReference<"query", Record<string, never>, Books>("extras:books");
type Keyed = { amount: number; operationId: string };
const reserveCredits = makeFunctionReference<"mutation", Keyed>("withOperationIds/users:reserveCredits");
const releaseCredits = makeFunctionReference<"mutation", Keyed>("withOperationIds/users:releaseReservedCredits");
/** What is reserved for a submit without the engine: more than it costs. */
const AMOUNT = 1000;
const acquireSlot = makeFunctionReference<"mutation", { type: "video"; prompt: string }, { generationId: string }>(
  "generations:acquireGenerationSlot",
);
const closeSlot = makeFunctionReference<"mutation", { generationId: string; status: "failed"; error: string }>(
  "generations:updateGenerationStatus",
);
const seedUser = makeFunctionReference<"mutation", { credits: number; subscriptionPlan: "pro" }>("extras:seedUser");

export const REQUEST = {
  model: "vid-veo-3.1-fast",
  prompt: "a corgi surfing",
  aspectRatio: "16:9",
  duration: 8,
  resolution: "720p",
} as const;

/** A submit by hand. */
interface Submit {
  readonly user?: string;
  readonly prompt?: string;
}

/** A question that is held. */
interface Hold {
  readonly user?: string;
  readonly seconds?: number;
}

/** Two instances and what is around them. */
export type World = Awaited<ReturnType<typeof openWorld>>;

/** Starts everything. `close` ends every process and server of it. */
export async function openWorld(kind: InstanceKind, settings: Readonly<Record<string, string>> = {}) {
  process.env["VIDEO_SERVER_SECRET"] = SERVER_SECRET;
  const [redis, backend, sandbox, balancer] = await Promise.all([
    startRedis("every-command"),
    spawnEmbeddedBackend(),
    startSandbox({ jobMs: JOB_MS }),
    startBalancer(),
  ]);
  const real = { redisUrl: redis.url, backendUrl: backend.url, providersUrl: sandbox.url };
  const wire = await openTripwire(real);
  const instance = async ({ redisUrl, backendUrl, providersUrl }: typeof real) =>
    await startInstance(kind, {
      ...{ FAL_KEY: "fal:secret", KIE_API_KEY: "kie:secret", VIDEO_SIGNING_SECRET: "secret".repeat(6) },
      ...{ CLERK_JWT_KEY: PUBLIC_PEM, CLERK_ISSUER: ISSUER, CLERK_AUTHORIZED_PARTIES: ORIGIN },
      ...{ REDIS_URL: redisUrl, CONVEX_URL: backendUrl, VIDEO_SERVER_SECRET: SERVER_SECRET },
      ...{ PROVIDERS_URL: providersUrl, ALLOW_LOOPBACK_VIDEOS: "1", ...settings },
    });
  const [first, second] = await Promise.all([instance(wire), instance(real)]);
  balancer.use([first.url, second.url], true);

  const auth = backend.tokenFor({ subject: USER });
  const reader = new ConvexHttpClient(backend.url, { auth, logger: false });
  await reader.mutation(seedUser, { credits: CREDITS, subscriptionPlan: "pro" });
  const convex = new ConvexClient(backend.url, { logger: false });
  convex.setAuth(() => Promise.resolve(auth));
  const policy = createPollingPolicy({ minWaitMs: 500 });
  const engine = createVideoEngine({
    convex,
    http: { baseUrl: balancer.url, getToken: () => mintToken() },
    user: USER,
    routes: { cancel: "api/mobile/cancel-video", isSubmitRepeatable: true },
    functions: functionsByName("withOperationIds/"),
    backend: { takesOperationIds: true },
    polling: (poll) => policy({ ...poll, expectedMs: { p50: JOB_MS, p95: JOB_MS + 2000 } }),
  });
  const counts = new Redis(redis.url, { retryStrategy: () => 50 });
  counts.on("error", () => undefined);
  const call = async (url: string, user: string, { headers, ...init }: RequestInit = {}): Promise<Response> => {
    const all = new Headers(headers);
    all.set("authorization", `Bearer ${await mintToken({ claims: { sub: user } })}`);
    return await fetch(url, { ...init, headers: all });
  };
  return {
    redis,
    sandbox,
    balancer,
    wire,
    first,
    second,
    engine,
    /** Lets the user have no requests counted so far: one user stands here for many. */
    forgetCounts: async () => {
      const keys = await counts.keys("video-engine:rate:*");
      if (keys.length > 0) await counts.del(...keys);
    },
    books: async () => await reader.query(books, {}),
    /** Takes a slot and reserves for a submit under this key, as a client does before it. Returns what gives both back. */
    reserve: async (key: string) => {
      const { generationId } = await reader.mutation(acquireSlot, { type: "video", prompt: REQUEST.prompt });
      await reader.mutation(reserveCredits, { amount: AMOUNT, operationId: `${key}:reserve` });
      return async () => {
        await reader.mutation(releaseCredits, { amount: AMOUNT, operationId: `${key}:settle` });
        await reader.mutation(closeSlot, { generationId, status: "failed", error: "Only a test." });
      };
    },
    /** Submits as a client would, under this key. */
    submit: async (
      baseUrl: string,
      key: string = randomUUID(),
      { user = USER, prompt = REQUEST.prompt }: Submit = {},
    ) =>
      await call(`${baseUrl}/api/mobile/generate-video`, user, {
        method: "POST",
        headers: { "idempotency-key": key },
        body: JSON.stringify({ ...REQUEST, prompt }),
      }),
    /** Holds a question about a job for this many seconds. */
    hold: async (baseUrl: string, requestId: string, { user = USER, seconds = 25 }: Hold = {}) =>
      await call(`${baseUrl}/api/mobile/video-status?requestId=${requestId}&wait=${seconds}`, user),
    close: async () => {
      engine.dispose();
      counts.disconnect();
      await convex.close();
      await Promise.all([first.end("SIGKILL"), second.end("SIGKILL")]);
      await Promise.all([wire.close(), balancer.close(), sandbox.close(), backend.stop(), redis.stop()]);
    },
  };
}
