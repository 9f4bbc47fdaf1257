// Engines of the published package over the fake backend and routes, on the device's own clock, chance and ids.
import {
  createMemoryStorage,
  createVideoEngine,
  type GenerateOptions,
  type Generation,
  type VideoEngine,
} from "@video-engine/video-sdk";
import { createFakeBackend, type Books } from "./fake-backend.ts";
import { serveFakeRoutes, type Scenario, type Routes } from "./fake-routes.ts";

/** One user's world, which outlives an engine. */
export interface World {
  readonly books: Books;
  readonly routes: Routes;
  /** An engine as the app opens it. No platform is passed: the defaults must work on a bare device. */
  openEngine(): VideoEngine;
}

/** What every scenario asks for. */
export const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;

/** A world in which jobs have this scenario. */
export function createWorld(scenario: Scenario): World {
  const routes = serveFakeRoutes(scenario);
  const { client, books } = createFakeBackend();
  const storage = createMemoryStorage();
  const openEngine = (): VideoEngine =>
    createVideoEngine({
      convex: client,
      storage,
      user: "user-1",
      http: { baseUrl: "https://app.test", getToken: () => "token-1" },
      routes: { cancel: "api/mobile/cancel-video" },
    });
  return { books, routes, openEngine };
}

/** Starts one generation in a new world. */
export function generateWith(
  scenario: Scenario,
  options?: GenerateOptions,
): World & { readonly generation: Generation } {
  const world = createWorld(scenario);
  const { generate } = world.openEngine();
  return { ...world, generation: generate(REQUEST, options) };
}

/** Waits on the device's clock. */
export function wait(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}
