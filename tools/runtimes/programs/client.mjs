// What runs in every runtime of clients, from the packed packages: a generation that is paid for and one that fails, over the network, with Convex's
// own client. Plain JavaScript that needs nothing but web standards, as an app's bundle is.
import { createPollingPolicy, createVideoEngine, isVideoError } from "@video-engine/video-sdk";
import { ConvexHttpClient } from "convex/browser";

/** Returns what became of each, in a few words. `services`: where the backend and the routes are, and a user's token for both. */
export async function runClient(services) {
  return {
    "a generation": await generate(services, "a corgi surfing"),
    "one that fails": await generate(services, "a corgi [scenario:content-policy-violation]"),
  };
}

async function generate({ convexUrl, routesUrl, token }, prompt) {
  const policy = createPollingPolicy({ minWaitMs: 50 });
  const engine = createVideoEngine({
    convex: new ConvexHttpClient(convexUrl, { auth: token, logger: false }),
    http: { baseUrl: routesUrl, getToken: () => token },
    user: "user_demo",
    // The sandbox's jobs are shorter than any real one.
    polling: (poll) => policy({ ...poll, expectedMs: { p50: 200, p95: 2_000 } }),
  });
  const settings = { model: "vid-veo-3.1-fast", aspectRatio: "16:9", duration: 8, resolution: "720p" };
  try {
    const { videos, settlement } = await engine.generate({ ...settings, prompt }).result;
    return `${videos.length} video, ${settlement}`;
  } catch (error) {
    if (!isVideoError(error)) throw error;
    return `${error.code}, ${error.settlement}`;
  } finally {
    engine.dispose();
  }
}
