// What an engine talks to: a Convex backend and the app's routes, started here or named by the environment. Knows no engine.
import { randomBytes } from "node:crypto";
import { extname, join } from "node:path";
import { connectBackend } from "@video-engine/example-convex";
import {
  openUploadStore,
  serveHttp,
  startSandbox,
  type Sandbox,
  type UploadStore,
} from "@video-engine/example-sandbox";
import { sandboxFetch } from "@video-engine/example-sandbox/sandbox-fetch";
import {
  allowLoopbackUrls,
  createVideoRoutes,
  falProvider,
  kieProvider,
  type VideoRoutes,
} from "@video-engine/video-sdk/server";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { pricing } from "./pricing.ts";

/** A backend and routes to talk to. */
export interface Services {
  readonly convexUrl: string;
  readonly routesUrl: string;
  /** The user's token, for both. */
  getToken(): string;
  /** True when they outlive this process, so that another process can resume a generation. */
  readonly areLasting: boolean;
  /** Whether the generate route answers a known Idempotency-Key with the first job. */
  readonly doRoutesHonourKeys: boolean;
  /** What they are, as a sentence for the user. */
  readonly description: string;
  /** How long the sandbox takes for a job; undefined where the providers are real or not known. */
  readonly jobMs: number | undefined;
  /** Stops what was started here. */
  close(): Promise<void>;
}

/** How to start them. */
export interface ServicesOptions {
  /** What the embedded backend's user starts with. */
  readonly credits: number;
  /** How long the sandbox takes for a job, milliseconds. Default: SANDBOX_JOB_MS, or 8,000. */
  readonly jobMs?: number;
  /** Starts a backend and routes of its own, whatever the environment names. Default false. */
  readonly isOwn?: boolean;
}

const USER = { subject: "user_demo", name: "Demo" };
const seedUser = makeFunctionReference<"mutation", { credits: number; subscriptionPlan: "pro" }>("extras:seedUser");

/** Beside this file, from source as in the bundle. */
const DEMO_BACKEND = join(import.meta.dirname, `demo-backend${extname(import.meta.filename)}`);

/** The services that CONVEX_URL, CONVEX_TOKEN and ROUTES_URL name; without them, ones of our own. */
export async function openServices(options: ServicesOptions): Promise<Services> {
  return (options.isOwn ? undefined : namedServices(process.env)) ?? (await startServices(options));
}

/**
 * Starts a backend, routes, and a sandbox for the providers. With CONVEX_URL the backend is that deployment; with FAL_KEY or
 * KIE_API_KEY the providers are real.
 */
export async function startServices({ credits, ...options }: ServicesOptions): Promise<Services> {
  const { jobMs = Number(process.env["SANDBOX_JOB_MS"] ?? 8_000) } = options;
  const isDemo = options.isOwn === true || !process.env["CONVEX_URL"];
  // An empty setting is none.
  const isReal = Boolean(process.env["FAL_KEY"] || process.env["KIE_API_KEY"]);
  const jobMsElsewhere = process.env["PROVIDERS_URL"] ? jobMsOfOthers(process.env) : undefined;
  const [backend, sandbox] = await Promise.all([
    connectBackend({ program: DEMO_BACKEND, ...(isDemo && { url: undefined }) }),
    isReal ? undefined : startSandbox({ jobMs }),
  ]);
  const store = isReal ? undefined : await openUploadStore();
  const routes = await serveRoutes(createRoutes(sandbox, store));
  const getToken = (): string => backend.tokenFor(USER);
  if (isDemo) {
    const convex = new ConvexHttpClient(backend.url, { auth: getToken(), logger: false });
    await convex.mutation(seedUser, { credits, subscriptionPlan: "pro" });
  }
  return {
    convexUrl: backend.url,
    routesUrl: routes.url,
    getToken,
    areLasting: false,
    doRoutesHonourKeys: true,
    jobMs: sandbox === undefined ? jobMsElsewhere : jobMs,
    description: describe({ isDemo, isReal }),
    async close() {
      await Promise.all([routes.close(), sandbox?.close(), store?.close(), backend.stop()]);
    },
  };
}

function namedServices({ CONVEX_URL, CONVEX_TOKEN, ROUTES_URL, ...env }: NodeJS.ProcessEnv): Services | undefined {
  if (!CONVEX_URL || !CONVEX_TOKEN || !ROUTES_URL) return undefined;
  return {
    convexUrl: CONVEX_URL,
    routesUrl: ROUTES_URL,
    getToken: () => CONVEX_TOKEN,
    areLasting: true,
    doRoutesHonourKeys: env["ROUTES_HONOUR_KEYS"] === "1",
    description: `Convex at ${CONVEX_URL}, routes at ${ROUTES_URL}`,
    jobMs: jobMsOfOthers(env),
    close: () => Promise.resolve(),
  };
}

/** A sandbox that runs elsewhere takes as long for every model, too. */
function jobMsOfOthers({ SANDBOX_JOB_MS }: NodeJS.ProcessEnv): number | undefined {
  return SANDBOX_JOB_MS === undefined ? undefined : Number(SANDBOX_JOB_MS);
}

function describe({ isDemo, isReal }: { isDemo: boolean; isReal: boolean }): string {
  const backend = isDemo ? "a demo backend" : "your Convex deployment";
  return isReal ? `${backend}, and real providers: the job is billed` : `${backend}, and a provider that costs nothing`;
}

function createRoutes(sandbox: Sandbox | undefined, store: UploadStore | undefined): VideoRoutes {
  const fromSandbox =
    sandbox === undefined ? standIn() : { fetch: sandbox.fetch, isAllowedVideoUrl: sandbox.isSandboxUrl };
  const key =
    (name: string): (() => string | undefined) =>
    () =>
      sandbox === undefined ? process.env[name] : "sandbox";
  return createVideoRoutes({
    // One user on one machine: every token of this process is that user's. An app asks its auth provider here.
    authenticate: (request) =>
      request.headers.get("authorization")?.startsWith("Bearer ") === true ? { userId: USER.subject } : null,
    providers: [
      falProvider({ credentials: key("FAL_KEY"), ...fromSandbox }),
      kieProvider({ apiKey: key("KIE_API_KEY"), ...fromSandbox }),
    ],
    // With a secret made here, request ids work as long as this process runs.
    pricing,
    signingSecret: process.env["VIDEO_SIGNING_SECRET"] || randomBytes(32).toString("hex"),
    uploads: store && { storage: store.storage },
    // The sandbox costs nothing, and all models in a row are more than a person asks for in a minute.
    rateLimits: sandbox && { submit: false },
  });
}

/** PROVIDERS_URL: one address that stands in for all providers, such as a sandbox that runs elsewhere. Its videos are at http addresses. */
function standIn() {
  const url = process.env["PROVIDERS_URL"];
  return url ? { fetch: sandboxFetch(url), isAllowedVideoUrl: allowLoopbackUrls } : {};
}

function serveRoutes(routes: VideoRoutes): ReturnType<typeof serveHttp> {
  const table: Readonly<Record<string, (request: Request) => Promise<Response>>> = {
    "/api/mobile/generate-video": routes.generateVideo,
    "/api/mobile/video-status": routes.videoStatus,
    "/api/mobile/cancel-video": routes.cancelVideo,
    "/api/mobile/r2-presign": routes.presignUpload,
    "/api/mobile/models": routes.models,
  };
  return serveHttp(
    async (request) =>
      table[new URL(request.url).pathname]?.(request) ?? new Response("There is no such route.", { status: 404 }),
    { port: 0, host: "127.0.0.1" },
  );
}
