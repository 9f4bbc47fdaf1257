// An app over the deployed server: the real engine, the real Convex client, its deployed functions, and the routes that the server has.
import { http as msw } from "msw";
import { expect } from "vitest";
import { deployedMobileRoutes, type RouteMap, type VideoEngineOptions } from "../../src/index.ts";
import type { AppBackend } from "./app-backend.ts";
import { createDeployedServer, DEPLOYED_URL, type DeployedServerOptions } from "../../src/testing/index.ts";
import { expectSettled, openApp } from "./open-app.ts";

/** What is attached. */
export const IMAGE = "https://cdn.example.com/a.png";
export const FRAMES = { startFrameImageUrl: IMAGE, endFrameImageUrl: "https://cdn.example.com/b.png" };
/** A job of fal, and one of kie. */
export const VEO = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
export const WAN = { model: "kie-wan-2.5", prompt: "a corgi surfing", duration: 5 } as const;

/** What shapes the app. */
export interface DeployedAppOptions extends Omit<DeployedServerOptions, "now"> {
  readonly routes?: RouteMap;
  readonly engine?: Partial<VideoEngineOptions>;
}

/** An engine over `deployedMobileRoutes`, unless a test says otherwise. */
export function openDeployedApp({ routes = deployedMobileRoutes, engine, ...server }: DeployedAppOptions = {}) {
  const deployed = createDeployedServer({ now: () => Date.now(), ...server });
  const http = { baseUrl: DEPLOYED_URL, getToken: () => deployed.signToken() };
  const handlers = [msw.all(`${DEPLOYED_URL}/*`, ({ request }) => deployed.answer(request))];
  const start = (openBefore?: AppBackend) =>
    openApp({
      openBefore,
      handlers,
      backend: { credits: 5_000, kind: "as-deployed" },
      http: () => http,
      engine: { ...engine, routes },
    });
  const app = start();
  return { ...app, deployed, restart: () => start(app.backend) };
}

/** The books are final, and the server was sent nothing that its shipped client does not send. */
export function expectAsShipped(app: ReturnType<typeof openDeployedApp>): void {
  expect(app.deployed.complaints).toEqual([]);
  expectSettled(app);
}
