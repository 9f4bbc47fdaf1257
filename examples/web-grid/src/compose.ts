// The set-up: a Convex client and an engine for the signed-in user. The only file of the page that knows every part.
import {
  createPollingPolicy,
  createVideoEngine,
  deployedWebRoutes,
  functionsByName,
  type PollingPolicy,
  type VideoEngine,
} from "@video-engine/video-sdk";
import { webPlatform } from "@video-engine/video-sdk/web";
import { ConvexReactClient } from "convex/react";
import ky from "ky";
import { rememberUploads, type RememberedUploads } from "./earlier/remembered-uploads.ts";
import { pricing } from "./pricing.ts";
import { createGetToken, fetchTurnstileToken, type PageSession } from "./sign-in.ts";

/** What the page stands on. */
export interface App {
  readonly engine: VideoEngine;
  readonly convex: ConvexReactClient;
  readonly uploads: RememberedUploads;
  /** Tells the backend who is there, which opens the socket. In a browser, before the page is shown. */
  signIn(): void;
  /** Ends it. What is under way is resumed at the next start. */
  close(): void;
  /** Where a file can be seen: its own URL, or the one on this machine where the bucket is only simulated. */
  showable(url: string): string;
}

/** Sets up the page for one user. Does no I/O but to read the storage, so that a server can render with it. */
export function composeApp(session: PageSession): App {
  const { user, convexUrl, takesOperationIds, usesDeployedRoutes, jobMs, files } = session;
  const getToken = createGetToken(user);
  const convex = new ConvexReactClient(convexUrl);
  const engine = createVideoEngine({
    convex,
    http: routesClient(getToken),
    platform: webPlatform(),
    pricing,
    user,
    routes: usesDeployedRoutes
      ? deployedWebRoutes({ turnstileToken: fetchTurnstileToken })
      : { cancel: "api/mobile/cancel-video", isSubmitRepeatable: true },
    functions: takesOperationIds ? functionsByName("withOperationIds/") : undefined,
    // The functions of examples/convex take all of them.
    backend: { takesOperationIds, fields: "all" },
    polling: jobMs === undefined ? undefined : sandboxPolling(jobMs),
  });
  const showable = (url: string): string =>
    files !== undefined && url.startsWith(files.publicUrl) ? `${files.url}${url.slice(files.publicUrl.length)}` : url;
  return {
    engine,
    convex,
    showable,
    uploads: rememberUploads(typeof document === "undefined" ? undefined : localStorage, user),
    signIn: () => convex.setAuth(getToken),
    close() {
      engine.dispose();
      void convex.close();
    },
  };
}

/** The app's HTTP client: its address and its token. Retries are the engine's, which switches off those of ky. */
function routesClient(getToken: () => Promise<string>): typeof ky {
  return ky.create({
    prefix: "/",
    hooks: {
      beforeRequest: [async ({ request }) => request.headers.set("authorization", `Bearer ${await getToken()}`)],
    },
  });
}

/** The sandbox takes as long for every model, so its jobs are not asked about on the real models' schedule. */
function sandboxPolling(jobMs: number): PollingPolicy {
  const policy = createPollingPolicy({ minWaitMs: Math.min(1_000, jobMs) });
  return (poll) => policy({ ...poll, expectedMs: { p50: jobMs, p95: jobMs + 2_000 } });
}
