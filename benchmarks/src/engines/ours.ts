// `createVideoEngine` as an app uses it, over a backend in this process.
import { createVideoEngine, type EnginePlatform, type PollingPolicy } from "@video-engine/video-sdk";
import type { Backend, Fetch } from "../transport.ts";
import { promptOf, type Contender } from "./contender.ts";

/** What an engine of this benchmark calls. */
export interface EngineParts {
  readonly fetch: Fetch;
  readonly backend: Backend;
  readonly polling?: PollingPolicy | undefined;
  /** Left out: nothing is stored. */
  readonly storage?: EnginePlatform["storage"];
}

/** An engine of one user. */
export function createOurEngine({ fetch, backend, polling, storage }: EngineParts) {
  return createVideoEngine({
    // Every Convex client takes a plain name for a reference, so that is what comes here.
    convex: { mutation: (name, args) => backend(name as unknown as string, args) },
    http: { baseUrl: "https://app.test", getToken: () => "token", fetch },
    platform: { storage },
    user: "user-1",
    polling,
  });
}

/** A policy that waits the same time before every question, as the peers do. */
export function everyMs(waitMs: number): PollingPolicy {
  return () => ({ waitMs, isSlow: false, isOverdue: false });
}

/** The engine, until the books are settled. */
export const ours: Contender = {
  id: "this engine",
  level: "books",
  setUp({ fetch, backend, pollMs }) {
    const { generate } = createOurEngine({ fetch, backend, polling: everyMs(pollMs) });
    return Promise.resolve(async (index) => {
      const { result } = generate({ model: "vid-veo-3.1", prompt: promptOf(index) });
      return (await result).videos[0] ?? "";
    });
  },
};
