// The set-up: an engine over a backend and routes, and where it keeps its generations. The only file that knows every part.
import { join } from "node:path";
import {
  createPollingPolicy,
  createVideoEngine,
  functionsByName,
  VideoError,
  type EnginePlatform,
  type PollingPolicy,
  type VideoEngine,
} from "@video-engine/video-sdk";
import { ConvexClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import ky from "ky";
import { calledFrom } from "./called-from.ts";
import { sayingOf } from "./convex-saying.ts";
import { createFileStorage } from "./file-storage.ts";
import { createProcessLocks } from "./process-locks.ts";
import { pricing } from "./pricing.ts";
import { openServices, type Services, type ServicesOptions } from "./services.ts";

/** An app in one process. */
export interface App {
  readonly engine: VideoEngine;
  /** What the engine talks to. */
  readonly services: Services;
  /** Signed in as the user. */
  readonly convex: ConvexClient;
  /** The user's credits, from the backend. */
  balance(): Promise<{ total: number; reserved: number; available: number }>;
  /** Stops everything that was started here. */
  close(): Promise<void>;
}

/** How to set up. */
export interface AppOptions extends ServicesOptions {
  /** Whether to use the functions that take operation ids. */
  readonly takesOperationIds: boolean;
  /** Where generations are kept. Default: in `.video-engine` where the services outlive this process, else in memory. */
  readonly platform?: EnginePlatform;
}

/** The sandbox takes as long for every model, so its jobs are not asked about on the real models' schedule. */
function sandboxPolling(jobMs: number): PollingPolicy {
  const policy = createPollingPolicy({ minWaitMs: Math.min(1_000, jobMs) });
  return (poll) => policy({ ...poll, expectedMs: { p50: jobMs, p95: jobMs + 2_000 } });
}

const balanceQuery = makeFunctionReference<"query", Record<string, never>, Awaited<ReturnType<App["balance"]>>>(
  "users:getUserCreditsBreakdown",
);

/** The app's HTTP client: its address and its token. Retries are the engine's, which switches off those of ky. */
function routesClient({ routesUrl, getToken }: Pick<Services, "routesUrl" | "getToken">): typeof ky {
  const authorize = ({ request }: { request: Request }): void =>
    request.headers.set("authorization", `Bearer ${getToken()}`);
  return ky.create({ prefix: routesUrl, hooks: { beforeRequest: [authorize] } });
}

function keptIn(folder: string): EnginePlatform {
  return { storage: createFileStorage(folder), locks: createProcessLocks(join(folder, "locks")) };
}

/** A followed connection waits for ever where there is no backend. A person is told instead, and what a backend has against the token. */
async function answered<T>(answer: Promise<T>, url: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    const message = `${url} does not answer: look at CONVEX_URL, and at your network.`;
    timer = setTimeout(() => reject(new VideoError("unreachable", { message })), ANSWER_MS);
  });
  const told = answer.catch((cause: unknown) => {
    const message = `${url} does not tell the credits of CONVEX_TOKEN's user: ${sayingOf(cause)}`;
    throw new VideoError("not-signed-in", { message, cause });
  });
  return await Promise.race([told, silence]).finally(() => clearTimeout(timer));
}

/** Longer than a first connection takes on a slow network. */
const ANSWER_MS = 20_000;

/** Sets everything up. Generations are kept in `.video-engine` where the services outlive this process. */
export async function openApp({ takesOperationIds, platform, ...options }: AppOptions): Promise<App> {
  const services = await openServices(options);
  const kept = services.areLasting ? keptIn(calledFrom(".video-engine")) : undefined;
  const convex = new ConvexClient(services.convexUrl, { logger: false });
  convex.setAuth(() => Promise.resolve(services.getToken()));
  const engine = createVideoEngine({
    convex,
    http: routesClient(services),
    platform: platform ?? kept,
    user: "cli",
    routes: { cancel: "api/mobile/cancel-video", isSubmitRepeatable: services.doRoutesHonourKeys },
    functions: takesOperationIds ? functionsByName("withOperationIds/") : undefined,
    // The functions of examples/convex take all of them.
    backend: { takesOperationIds, fields: "all" },
    pricing,
    polling: services.jobMs === undefined ? undefined : sandboxPolling(services.jobMs),
  });
  return {
    engine,
    services,
    convex,
    balance: () => answered(convex.query(balanceQuery, {}), services.convexUrl),
    async close() {
      engine.dispose();
      await convex.close();
      await services.close();
    },
  };
}
