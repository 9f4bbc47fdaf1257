// What an engine talks to: a Convex backend and the app's routes, started here or named by the environment. Knows no engine.
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
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
import { readSettings, type Settings } from "./settings.ts";
import { startedParts, type StartedParts } from "./started-parts.ts";
import { fileReason, UsageError } from "./usage-error.ts";

/** A backend and routes to talk to. */
export interface Services {
  readonly convexUrl: string;
  readonly routesUrl: string;
  /** The user's token, for both. */
  getToken(): string;
  /** True when they outlive this process, so that another process can resume a generation. */
  readonly areLasting: boolean;
  /** False where the videos are at an address of this process, which nothing can open when it has ended. */
  readonly areVideosLasting: boolean;
  /** Whether the credits are those of the demo backend, which ends with this process. */
  readonly isDemo: boolean;
  /** Resolves when the demo backend has ended by itself. Never for a deployment. */
  readonly backendEnded: Promise<void>;
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
  /** Default: those of the environment. */
  readonly settings?: Settings;
}

/** The token that `serve` prints is used for as long as it is left running: a week is longer than that. */
const USER = { subject: "user_demo", name: "Demo", lifetimeSeconds: 7 * 24 * 3_600 };
const seedUser = makeFunctionReference<"mutation", { credits: number; subscriptionPlan: "pro" }>("extras:seedUser");

/** Beside this file, from source as in the bundle. */
const DEMO_BACKEND = join(import.meta.dirname, `demo-backend${extname(import.meta.filename)}`);

/** The services that CONVEX_URL, CONVEX_TOKEN and ROUTES_URL name; without them, ones of our own. */
export async function openServices(options: ServicesOptions): Promise<Services> {
  const settings = options.settings ?? readSettings(process.env);
  return namedServices(settings) ?? (await startServices({ ...options, settings }));
}

/**
 * Starts a backend, routes, and a sandbox for the providers. With CONVEX_URL the backend is that deployment; with FAL_KEY or
 * KIE_API_KEY the providers are real. Where one of them cannot start, none is left running.
 */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const parts = startedParts();
  try {
    return await startParts(options, parts);
  } catch (cause) {
    await parts.close().catch(() => undefined); // what could not start is what is told of
    throw cause;
  }
}

async function startParts({ credits, ...options }: ServicesOptions, parts: StartedParts): Promise<Services> {
  const { settings = readSettings(process.env) } = options;
  const { jobMs = settings.sandboxJobMs ?? 8_000 } = options;
  const { convexUrl: url, convexToken: token } = settings;
  const isDemo = url === undefined;
  const isReal = settings.falKey !== undefined || settings.kieKey !== undefined;
  // A sandbox that runs elsewhere takes as long for every model, too.
  const jobMsElsewhere = settings.providersUrl === undefined ? undefined : settings.sandboxJobMs;
  const [backend, sandbox, store] = await Promise.all([
    parts.add(connectBackend({ program: DEMO_BACKEND, url, token }), (one) => one.stop()),
    isReal ? undefined : parts.add(startSandbox({ jobMs }), (one) => one.close()),
    isReal ? undefined : parts.add(openUploadStore().catch(refuseTemporary), (one) => one.close()),
  ]);
  const routes = await parts.add(serveRoutes(createRoutes(settings, sandbox, store)), (one) => one.close());
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
    areVideosLasting: isReal,
    isDemo,
    backendEnded: backend.ended,
    doRoutesHonourKeys: true,
    jobMs: sandbox === undefined ? jobMsElsewhere : jobMs,
    description: describe({ isDemo, isReal }),
    close: () => parts.close(),
  };
}

/** Attachments of the demo are kept in the system's folder for temporary files. */
function refuseTemporary(cause: unknown): never {
  const reason = fileReason(cause);
  if (reason === undefined) throw cause;
  const message = `Nothing can be kept in "${tmpdir()}", the folder for temporary files: ${reason}. Set TMPDIR to another.`;
  throw new UsageError(message, { cause });
}

function namedServices(settings: Settings): Services | undefined {
  const { convexUrl, convexToken, routesUrl } = settings;
  if (convexUrl === undefined || convexToken === undefined || routesUrl === undefined) return undefined;
  return {
    convexUrl,
    routesUrl,
    getToken: () => convexToken,
    areLasting: true,
    areVideosLasting: true,
    isDemo: false,
    backendEnded: new Promise(() => undefined),
    doRoutesHonourKeys: settings.doRoutesHonourKeys,
    description: `Convex at ${convexUrl}, routes at ${routesUrl}`,
    jobMs: settings.sandboxJobMs,
    close: () => Promise.resolve(),
  };
}

function describe({ isDemo, isReal }: { isDemo: boolean; isReal: boolean }): string {
  const backend = isDemo ? "a demo backend" : "your Convex deployment";
  return isReal ? `${backend}, and real providers: the job is billed` : `${backend}, and a provider that costs nothing`;
}

function createRoutes(settings: Settings, sandbox: Sandbox | undefined, store: UploadStore | undefined): VideoRoutes {
  const fromSandbox =
    sandbox === undefined ? standIn(settings) : { fetch: sandbox.fetch, isAllowedVideoUrl: sandbox.isSandboxUrl };
  const keyOr = (key: string | undefined) => (): string | undefined => (sandbox === undefined ? key : "sandbox");
  return createVideoRoutes({
    // One user on one machine: every token of this process is that user's. An app asks its auth provider here.
    authenticate: (request) =>
      request.headers.get("authorization")?.startsWith("Bearer ") === true ? { userId: USER.subject } : null,
    providers: [
      falProvider({ credentials: keyOr(settings.falKey), ...fromSandbox }),
      kieProvider({ apiKey: keyOr(settings.kieKey), ...fromSandbox }),
    ],
    // With a secret made here, request ids work as long as this process runs.
    pricing,
    signingSecret: settings.signingSecret ?? randomBytes(32).toString("hex"),
    uploads: store && { storage: store.storage },
    // The sandbox costs nothing, and all models in a row are more than a person asks for in a minute.
    rateLimits: sandbox && { submit: false },
  });
}

/** PROVIDERS_URL: one address that stands in for all providers, such as a sandbox that runs elsewhere. Its videos are at http addresses. */
function standIn({ providersUrl: url }: Settings) {
  return url !== undefined ? { fetch: sandboxFetch(url), isAllowedVideoUrl: allowLoopbackUrls } : {};
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
