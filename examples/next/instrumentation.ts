// Next calls this once, when the server starts.
import { demoUrl } from "./lib/demo-url.ts";

/** A demo's settings are not this app's. Loaded here, because Next compiles this file for a runtime, too, that no route uses. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs" || demoUrl() !== undefined) return;
  const { checkAtStart } = await import("./lib/check-at-start.ts");
  await checkAtStart();
}
