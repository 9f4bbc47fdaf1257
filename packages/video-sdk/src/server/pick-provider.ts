// Picks the provider of a job among those that are set up. Knows no provider by name.
import type { VideoModelId, VideoProviderId } from "@video-engine/video-models";
import { VideoError } from "../errors.ts";
import type { VideoProvider } from "./providers/provider.ts";

/** The first of `offered` that is set up. Throws `not-configured`, naming the providers that would do. */
export function pickProvider(
  offered: readonly VideoProviderId[],
  providers: readonly VideoProvider[],
  modelId: VideoModelId,
): VideoProvider {
  for (const id of offered) {
    const provider = providers.find((candidate) => candidate.id === id);
    if (provider !== undefined) return provider;
  }
  throw noProvider(offered, modelId);
}

/** The error for a model none of whose providers is set up. */
export function noProvider(offered: readonly VideoProviderId[], modelId: VideoModelId): VideoError {
  return new VideoError("not-configured", {
    message: `No provider for ${modelId} is set up on this server. Pass one of these to createVideoRoutes: ${offered.join(", ")}.`,
    details: { modelId, providers: offered },
  });
}
