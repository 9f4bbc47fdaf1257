// Everything under /api and /demo: the SDK's routes over the sandbox or real providers, and the demo's sign-in. Knows no page.
import { randomBytes } from "node:crypto";
import { PUBLIC_FILES, type Sandbox, type UploadStore, type WebHandler } from "@video-engine/example-sandbox";
import { createVideoRoutes, falProvider, kieProvider, type VideoRoutes } from "@video-engine/video-sdk/server";
import { pricing } from "@video-engine/example-convex/pricing";
import { createDeployedRoutes } from "./deployed-routes.ts";
import type { DemoSession } from "./demo-session.ts";
import type { DemoUsers } from "./demo-users.ts";
import { createFirstFrames, createKeepVideo } from "./finished-videos.ts";

/** What the routes stand on. */
export interface ApiParts {
  readonly convexUrl: string;
  readonly users: DemoUsers;
  /** The simulated providers and the bucket beside them; undefined where the providers are real. */
  readonly simulated: { readonly sandbox: Sandbox; readonly store: UploadStore; readonly jobMs: number } | undefined;
}

/** One handler for all paths. */
export function createApi(parts: ApiParts): WebHandler {
  const routes = createRoutes(parts);
  const table: Readonly<Record<string, WebHandler>> = {
    "/api/mobile/generate-video": routes.generateVideo,
    "/api/mobile/models": routes.models,
    "/api/mobile/video-status": routes.videoStatus,
    "/api/mobile/cancel-video": routes.cancelVideo,
    "/api/mobile/r2-presign": routes.presignUpload,
    "/api/mobile/extract-first-frame": routes.extractFirstFrame,
    ...createDeployedRoutes(routes),
    "/demo/session": async (request) => Response.json(sessionOf(parts, userIn(request))),
    "/demo/token": async (request) => Response.json({ token: await parts.users.signIn(userIn(request)) }),
  };
  return async (request) =>
    table[new URL(request.url).pathname]?.(request) ?? new Response("There is no such route.", { status: 404 });
}

function userIn(request: Request): string {
  return new URL(request.url).searchParams.get("user") ?? "demo";
}

function sessionOf({ convexUrl, simulated }: ApiParts, user: string): DemoSession {
  const session = { user, convexUrl };
  if (simulated === undefined) return session;
  const { jobMs, store } = simulated;
  return { ...session, jobMs, files: { publicUrl: PUBLIC_FILES, url: store.url } };
}

function createRoutes({ users, simulated }: ApiParts): VideoRoutes {
  const { authenticate } = users;
  const signingSecret = process.env["VIDEO_SIGNING_SECRET"] || randomBytes(32).toString("hex");
  if (simulated === undefined) {
    const fal = falProvider({ credentials: () => process.env["FAL_KEY"] });
    return createVideoRoutes({
      authenticate,
      signingSecret,
      pricing,
      providers: [fal, kieProvider({ apiKey: () => process.env["KIE_API_KEY"] })],
    });
  }
  const { sandbox, store } = simulated;
  const atSandbox = { fetch: sandbox.fetch, isAllowedVideoUrl: sandbox.isSandboxUrl };
  return createVideoRoutes({
    authenticate,
    signingSecret,
    pricing,
    providers: [
      falProvider({ credentials: "sandbox", ...atSandbox }),
      kieProvider({ apiKey: "sandbox", ...atSandbox }),
    ],
    uploads: { storage: store.storage },
    rehost: createKeepVideo(sandbox, store),
    firstFrames: createFirstFrames(),
  });
}
