// The step that puts the engine around an app's screens, as code to copy.
import type { Project } from "./look-at-folder.ts";

/** `where`: how the step begins, such as `In the page`. */
export function engineStep({ source, hasClerk }: Project, where: string): string {
  const file = `${source}lib/video-engine.ts`;
  if (hasClerk)
    return [
      `${where}, around what makes videos: ${source}lib/clerk-videos.tsx, with convex and createEngine of ${file}.`,
      "  <ClerkVideos convex={convex} useAuth={useAuth} createEngine={createEngine} signedOut={...}>...</ClerkVideos>",
    ].join("\n");
  return [
    `${where}, once the user is signed in, and once for each user: createEngine of ${file}.`,
    "  const engine = createEngine(userId, getToken);",
    "  <VideoEngineProvider engine={engine}>...</VideoEngineProvider>   of @video-engine/video-sdk/react",
  ].join("\n");
}
