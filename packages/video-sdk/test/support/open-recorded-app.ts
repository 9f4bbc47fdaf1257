// An app whose engine talks to the real routes over a simulated provider, with both logs kept as the lines that an app would write.
import type { LogLine } from "@video-engine/test-servers";
import { http, type HttpHandler } from "msw";
import type { Generation, GenerationOutcome, VideoEngineEvent, VideoEngineOptions } from "../../src/index.ts";
import {
  createVideoRoutes,
  falProvider,
  type RouteHandler,
  type VideoRoutesOptions,
  type VideoServerEvent,
} from "../../src/server/index.ts";
import { createFakeFal, createProviderFetch } from "../../src/testing/index.ts";
import { MINUTE, openApp } from "./open-app.ts";
import { passTime } from "./pass-time.ts";

const STEP_MS = 500;
const ADDRESS = "https://sdk.app.example";

/** What shapes the app. */
export interface RecordedAppOptions {
  readonly user?: string;
  readonly token?: string;
  readonly routes?: Partial<VideoRoutesOptions>;
  readonly engine?: Partial<VideoEngineOptions>;
  /** Hears every event, beside the log. */
  readonly hearClient?: (event: VideoEngineEvent) => void;
  readonly hearServer?: (event: VideoServerEvent) => void;
}

/** The app, its provider and its log. */
export function openRecordedApp(options: RecordedAppOptions = {}) {
  const { user = "user_1", token = "token-of-user_1", hearClient, hearServer } = options;
  const log: LogLine[] = [];
  const fal = createFakeFal({ now: Date.now, queueMs: 1000, jobMs: 20_000 });
  const fetch = createProviderFetch([fal]);
  const routes = createVideoRoutes({
    authenticate: ({ headers }) => (headers.get("authorization") === `Bearer ${token}` ? { userId: user } : null),
    providers: [falProvider({ credentials: "id:secret", fetch })],
    signingSecret: "a signing secret of 32 characters",
    longestWaitSeconds: 0,
    onEvent: (event) => {
      hearServer?.(event);
      log.push({ source: "server", e: JSON.stringify(event) });
    },
    ...options.routes,
  });
  const app = openApp({
    handlers: handlersOf(routes),
    http: () => ({ baseUrl: ADDRESS, getToken: () => Promise.resolve(token) }),
    engine: {
      user,
      routes: { isSubmitRepeatable: true, cancel: "api/mobile/cancel-video", firstFrame: false },
      onEvent: (event) => {
        hearClient?.(event);
        log.push({ source: "client", e: JSON.stringify(event) });
      },
      ...options.engine,
    },
  });
  const pass = (ms: number, isOver?: () => boolean): Promise<void> => passTime(ms, STEP_MS, isOver);
  const outcomeOf = async (generation: Generation): Promise<GenerationOutcome> => {
    await pass(10 * MINUTE, () => generation.getSnapshot().status !== "running");
    return await generation.outcome;
  };
  return { ...app, serverRoutes: routes, fal, log, pass, outcomeOf };
}

function handlersOf(
  routes: Record<"generateVideo" | "videoStatus" | "cancelVideo", RouteHandler>,
): readonly HttpHandler[] {
  const at = (path: string): string => `${ADDRESS}/api/mobile/${path}`;
  return [
    http.post(at("generate-video"), ({ request }) => routes.generateVideo(request)),
    http.get(at("video-status"), ({ request }) => routes.videoStatus(request)),
    http.post(at("cancel-video"), ({ request }) => routes.cancelVideo(request)),
  ];
}
