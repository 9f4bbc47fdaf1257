// A whole app around the engine, as its own tests would have it: real ky, real ConvexHttpClient, msw for the network, fake timers for the time.
import type { Http } from "../../src/adapters/index.ts";
import { ConvexHttpClient } from "convex/browser";
import ky from "ky";
import type { RequestHandler } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import {
  createVideoEngine,
  type Generation,
  type GenerationOutcome,
  type VideoEngineOptions,
} from "../../src/index.ts";
import { createSeededRandom } from "../../src/testing/seeded-random.ts";
import {
  createAppBackend,
  CONVEX_URL,
  type AppBackend,
  type AppBackendOptions,
  type BackendKind,
} from "./app-backend.ts";
import { APP_URL, createAppRoutes, type AppRoutes } from "./app-routes.ts";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

/** What is generated, what it costs, and what comes of it. */
export const request = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
export const CREDITS = 208;
export const video = "https://videos.test/job-1.mp4";

const server = setupServer();

/** Takes over the network and the time for every test of the file. */
export function fakeNetworkAndTime(): void {
  beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
  });
  afterEach(() => {
    server.resetHandlers();
    vi.useRealTimers();
  });
  afterAll(() => server.close());
}

/** What shapes an app. */
export interface AppOptions {
  readonly backend?: AppBackendOptions;
  /** Answers what neither the backend nor the routes answer. */
  readonly handlers?: readonly RequestHandler[];
  /** The backend of an app that was open before. */
  readonly openBefore?: AppBackend | undefined;
  readonly routes?: Parameters<typeof createAppRoutes>[0];
  readonly http?: (routes: AppRoutes) => Http;
  readonly engine?: Partial<VideoEngineOptions>;
}

/** The routes by address, with a token per request. */
export const byAddress = ({ signToken }: AppRoutes): Http => ({
  baseUrl: APP_URL,
  getToken: () => Promise.resolve(signToken()),
});
/** The routes through a ky instance of the app's own, whose hook adds the token. */
export const byKy = ({ signToken }: AppRoutes): Http =>
  ky.create({
    prefix: APP_URL,
    retry: 3,
    hooks: {
      beforeRequest: [({ request: outgoing }) => outgoing.headers.set("authorization", `Bearer ${signToken()}`)],
    },
  });

/** What the owner of each kind of backend says of its functions. */
const PROMISES: Readonly<Record<BackendKind, VideoEngineOptions["backend"]>> = {
  "as-deployed": undefined,
  "as-planned": { fields: "all" },
  "with-operation-ids": { fields: "all", takesOperationIds: true },
};

/** {@link openApp} on one kind of backend. */
export const appOn =
  (kind: BackendKind) =>
  (options: AppOptions = {}): ReturnType<typeof openApp> =>
    openApp({ ...options, backend: { ...options.backend, kind } });

/** An engine over a backend and routes of its own. */
export function openApp(options: AppOptions = {}) {
  const backend = options.openBefore ?? createAppBackend(options.backend);
  const routes = createAppRoutes(options.routes);
  server.use(...backend.handlers, ...routes.handlers, ...(options.handlers ?? []));
  const convex = new ConvexHttpClient(CONVEX_URL, { logger: false });
  const http = (options.http ?? byAddress)(routes);
  const random = createSeededRandom(1);
  const engine = createVideoEngine({
    convex,
    http,
    backend: PROMISES[options.backend?.kind ?? "as-planned"],
    ...options.engine,
    platform: { random, ...options.engine?.platform },
  });
  return { backend, routes, engine };
}

/** Lets time pass until the generation is over, and gives its outcome. */
export async function outcomeOf(generation: Generation, withinMs = 5 * MINUTE): Promise<GenerationOutcome> {
  await vi.advanceTimersByTimeAsync(withinMs);
  expect(generation.getSnapshot().status).not.toBe("running");
  return await generation.outcome;
}

/** The books are final, and nothing of the engine is left in the runtime. */
export function expectSettled({ backend }: { backend: AppBackend }): void {
  expect(backend.imbalances()).toEqual([]);
  expect(backend.books.refusedSettlements).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
}

/** The options of an app that has a cancel route. */
export const withCancel = { engine: { routes: { cancel: "api/mobile/cancel-video" } } };

/** The same, for routes in this process: they sign by the real WebCrypto, so the last of their timers may end a moment after the answer. */
export async function untilSettled(app: { backend: AppBackend }): Promise<void> {
  await vi.waitFor(() => expectSettled(app));
}
