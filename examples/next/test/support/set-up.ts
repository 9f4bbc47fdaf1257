// The app as it is deployed, but for two things: its settings are the test's, and `fetch` reaches simulated providers.
import { createFakeFal, createFakeKie, createProviderFetch, type ProviderFetch } from "@video-engine/video-sdk/testing";
import { onTestFinished, vi } from "vitest";
import { createFakeFiles } from "./fake-files.ts";
import { ISSUER, ORIGIN, PUBLIC_PEM } from "./session-tokens.ts";

const SETTINGS = {
  FAL_KEY: "fal:secret",
  FAL_API_KEY: undefined,
  KIE_API_KEY: "kie:secret",
  CLERK_JWT_KEY: PUBLIC_PEM,
  CLERK_ISSUER: ISSUER,
  CLERK_AUTHORIZED_PARTIES: `${ORIGIN}, native,`,
  VIDEO_SIGNING_SECRET: "secret".repeat(6),
  CRON_SECRET: "cron:secret-of-the-test",
  R2_ACCOUNT_ID: "account",
  R2_BUCKET: "bucket",
  R2_ACCESS_KEY_ID: "access-key",
  R2_SECRET_ACCESS_KEY: "r2:secret",
  R2_PUBLIC_URL: "https://cdn.app.example",
  S3_ENDPOINT: undefined,
  PROVIDERS_URL: undefined,
  ALLOW_LOOPBACK_VIDEOS: undefined,
  REDIS_URL: undefined,
  VIDEO_WEBHOOK_URL: undefined,
  CONVEX_URL: undefined,
  VIDEO_SERVER_SECRET: "server-secret".repeat(3),
};

/** The name of a setting of the app's. */
export type SettingName = keyof typeof SETTINGS;

export const GOOD = {
  model: "vid-veo-3.1-fast",
  prompt: "a corgi surfing",
  aspectRatio: "16:9",
  duration: 8,
  resolution: "720p",
};

/** A job that was never submitted. */
export const NO_JOB = { requestId: "never-was", modelId: GOOD.model };

/** What is sent when a test says nothing else. */
const BODIES = {
  "generate-video": GOOD,
  "video-status": NO_JOB,
  "cancel-video": NO_JOB,
  "r2-presign": { contentType: "image/png", contentLength: 1234 },
  models: {},
};

/** A route for users, by its folder. */
export type RouteName = keyof typeof BODIES;

export const ROUTE_NAMES: readonly RouteName[] = [
  "generate-video",
  "video-status",
  "cancel-video",
  "r2-presign",
  "models",
];

/** Who sends a request, by its headers. */
export type Sender = Readonly<Record<string, string>>;

/** The app, and what can be seen of it. */
export type App = Awaited<ReturnType<typeof setUp>>;

/** Loads the route files anew, under these settings; undefined takes one away. Undone when the test ends. */
export async function setUp(settings: { readonly [name in SettingName]?: string | undefined } = {}) {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_800_000_000_000 });
  for (const [name, value] of Object.entries({ ...SETTINGS, ...settings })) vi.stubEnv(name, value);
  const fal = createFakeFal({ now: Date.now, key: SETTINGS.FAL_KEY });
  const kie = createFakeKie({ now: Date.now, key: SETTINGS.KIE_API_KEY });
  const files = createFakeFiles();
  const simulated = createProviderFetch([files, fal, kie]);
  const network = globalThis.fetch;
  // A backend of the test is on this machine.
  const isHere = (input: RequestInfo | URL): boolean => new URL(addressOf(input)).hostname === "127.0.0.1";
  const fetch = vi.fn<ProviderFetch>(
    async (...call) => await (isHere(call[0]) ? network(...call) : simulated(...call)),
  );
  vi.stubGlobal("fetch", fetch);
  const log = vi.spyOn(console, "log").mockReturnValue();
  onTestFinished(tearDown);
  vi.resetModules();
  const handlers = await importHandlers();
  return {
    fal,
    kie,
    files,
    /** What the route files export. */
    handlers,
    /** Sends a request to a route as a client does, and reads the answer. */
    ask: async (route: RouteName, headers: Sender, body: object = BODIES[route]) => {
      const response = await handlers[route](
        toRequest(route, { "idempotency-key": crypto.randomUUID(), ...headers }, body),
      );
      return { status: response.status, body: await response.json() };
    },
    /** Hosts that were called, each once. */
    hosts: () => [...new Set(fetch.mock.calls.map(([input]) => new URL(addressOf(input)).hostname))],
    /** What was logged. */
    log: () => log.mock.calls.flat().join("\n"),
  };
}

async function importHandlers() {
  return {
    "generate-video": (await import("../../app/api/mobile/generate-video/route.ts")).POST,
    "video-status": (await import("../../app/api/mobile/video-status/route.ts")).GET,
    "cancel-video": (await import("../../app/api/mobile/cancel-video/route.ts")).POST,
    "r2-presign": (await import("../../app/api/mobile/r2-presign/route.ts")).POST,
    health: (await import("../../app/api/mobile/health/route.ts")).GET,
    models: (await import("../../app/api/mobile/models/route.ts")).GET,
    webhook: (await import("../../app/api/mobile/webhook/route.ts")).POST,
  };
}

function toRequest(route: RouteName, headers: Sender, body: object): Request {
  const url = `https://app.example/api/mobile/${route}`;
  if (!["video-status", "models"].includes(route))
    return new Request(url, { method: "POST", headers, body: JSON.stringify(body) });
  return new Request(`${url}?${new URLSearchParams(Object.entries(body)).toString()}`, { headers });
}

function addressOf(input: RequestInfo | URL): string | URL {
  return input instanceof Request ? input.url : input;
}

/** What was told to end this process before the test. */
const LISTENERS = { SIGTERM: process.listeners("SIGTERM"), SIGINT: process.listeners("SIGINT") };

function tearDown(): void {
  for (const name of ["SIGTERM", "SIGINT"] as const) {
    const added = process.listeners(name).filter((listener) => !LISTENERS[name].includes(listener));
    for (const listener of added) process.off(name, listener);
  }
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
}
