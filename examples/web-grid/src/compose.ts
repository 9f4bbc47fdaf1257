// The set-up: a Convex client and an engine for the signed-in user. The only file of the page that knows every part.
import {
  createServedCatalogue,
  createVideoEngine,
  deployedWebRoutes,
  functionsByName,
  type VideoEngine,
  type VideoEngineOptions,
} from "@video-engine/video-sdk";
import type { EngineDriver } from "@video-engine/video-sdk/driven";
import { convexSessions } from "@video-engine/video-sdk/convex-sessions";
import { webPlatform } from "@video-engine/video-sdk/web";
import { ConvexReactClient } from "convex/react";
import ky from "ky";
import { makeFunctionReference } from "convex/server";
import { pollingOf, showableOf } from "./demo.ts";
import { rememberUploads, type RememberedUploads } from "./earlier/remembered-uploads.ts";
import { rememberDraft, type RememberedDraft } from "./memory/remembered-draft.ts";
import { rememberRequests, type RememberedRequests } from "./memory/remembered-requests.ts";
import { pricing } from "@video-engine/example-convex/pricing";
import { createGetToken, fetchTurnstileToken, type PageSession } from "./sign-in.ts";

/** What the page stands on. */
export interface App {
  readonly engine: VideoEngine;
  readonly convex: ConvexReactClient;
  /** What this browser remembers of the user. */
  readonly uploads: RememberedUploads;
  readonly requests: RememberedRequests;
  readonly draft: RememberedDraft;
  /** Tells the backend who is there, which opens the socket. In a browser, before the page is shown. */
  signIn(): void;
  /** Ends it. What is under way is resumed at the next start. */
  close(): void;
  /** Where a file can be seen: its own URL, or the one on this machine where the bucket is only simulated. */
  showable(url: string): string;
}

/** What else the page may stand on. */
export interface ComposeOptions extends Pick<VideoEngineOptions, "onEvent"> {
  /** Given where the generations run in the deployment. */
  readonly driver?: EngineDriver | undefined;
}

/** Sets up the page for one user. Does no I/O but to read the storage, so that a server can render with it. */
export function composeApp(session: PageSession, { driver, onEvent }: ComposeOptions = {}): App {
  const { user, convexUrl } = session;
  const getToken = createGetToken(user);
  const convex = new ConvexReactClient(convexUrl);
  const shared: Shared = {
    convex,
    http: routesClient(getToken),
    platform: webPlatform(),
    user,
    onEvent,
  };
  // A server that renders the page has no storage, and makes no call.
  const isBrowser = typeof document !== "undefined";
  const ownSessions = () => convexSessions({ url: convexUrl, fetchToken: getToken, subject: user });
  const engine = driver
    ? // The deployment charges by the same prices.
      createVideoEngine({ ...shared, driver, pricing, backend: EDITS })
    : createVideoEngine(withOwnMachine(shared, session, isBrowser ? ownSessions : undefined));
  const storage = isBrowser ? localStorage : undefined;
  return {
    engine,
    convex,
    showable: showableOf(session),
    uploads: rememberUploads(storage, user),
    requests: rememberRequests(storage, user),
    draft: rememberDraft(storage, user),
    signIn: () => convex.setAuth(getToken),
    close() {
      engine.dispose();
      void convex.close();
    },
  };
}

/** What every engine of the page takes. */
interface Shared extends Pick<VideoEngineOptions, "convex" | "user" | "onEvent"> {
  readonly convex: ConvexReactClient;
  readonly http: typeof ky;
  readonly platform: ReturnType<typeof webPlatform>;
}

/** The options of an engine that drives its generations in the page. */
function withOwnMachine(
  shared: Shared,
  session: PageSession,
  openSessions: (() => ReturnType<typeof convexSessions>) | undefined,
): VideoEngineOptions {
  const { http, platform } = shared;
  const { takesOperationIds, usesSessions, usesDeployedRoutes } = session;
  const exactlyOnce = usesSessions ? openSessions?.() : undefined;
  return {
    ...shared,
    pricing,
    // The deployed routes have no catalogue.
    catalogue: usesDeployedRoutes ? undefined : createServedCatalogue({ http, storage: platform.storage }),
    routes: usesDeployedRoutes
      ? deployedWebRoutes({ turnstileToken: fetchTurnstileToken })
      : { cancel: "api/mobile/cancel-video", isSubmitRepeatable: true },
    functions: takesOperationIds ? functionsByName("withOperationIds/") : undefined,
    // The functions of examples/convex take all of them.
    backend: { takesOperationIds, exactlyOnce, fields: "all", ...EDITS },
    polling: pollingOf(session),
  };
}

/** What examples/convex has beside the functions that the engine needs. */
const EDITS = {
  renameSession: makeFunctionReference<"mutation">("sessions:renameSession"),
  deleteSession: makeFunctionReference<"mutation">("sessions:deleteSession"),
  deleteVideo: makeFunctionReference<"mutation">("sessions:deleteGeneration"),
} as const;

/** The app's HTTP client: its address and its token. Retries are the engine's, which switches off those of ky. */
function routesClient(getToken: () => Promise<string>): typeof ky {
  return ky.create({
    prefix: "/",
    hooks: {
      beforeRequest: [async ({ request }) => request.headers.set("authorization", `Bearer ${await getToken()}`)],
    },
  });
}
