// Says at the start which settings cannot be used. The server starts all the same: what works without them goes on, and `health` answers 503.
import { videoRoutes } from "./video-routes.ts";

/** Logs one line for each setting that is wrong. */
export async function checkAtStart(): Promise<void> {
  const { findings } = await videoRoutes.check();
  for (const { level, message } of findings) console[level === "unusable" ? "error" : "warn"](message);
}
