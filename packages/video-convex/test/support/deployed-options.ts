// What a deploy of the apps under test changes while generations run.
import { quoteVideo } from "@video-engine/video-models";
import type { VideoGenerationsOptions } from "../../src/client/index.ts";

type Deployed = Pick<VideoGenerationsOptions, "polling" | "pricing" | "registry" | "firstFrame">;

let deployed: Deployed = {};

/** Deploys the apps with these options; those that are not named are left out. */
export function deploy(options: Deployed): void {
  deployed = options;
}

/** The same options, with those that were deployed last in their places at each call. */
export function deployable(options: VideoGenerationsOptions): VideoGenerationsOptions {
  const get = <Name extends keyof Deployed>(name: Name) => ({ enumerable: true, get: () => deployed[name] });
  const latest = {
    polling: get("polling"),
    pricing: get("pricing"),
    registry: get("registry"),
    firstFrame: get("firstFrame"),
  };
  return Object.defineProperties({ ...options }, latest);
}

/** Everything costs twice as much. */
export const DEARER: NonNullable<Deployed["pricing"]> = {
  quoteVideo(request) {
    const quote = quoteVideo(request);
    return { ...quote, credits: 2 * quote.credits };
  },
};
