// Next calls this once, when the server starts.
import { checkAtStart } from "./lib/check-at-start.ts";

export async function register(): Promise<void> {
  await checkAtStart();
}
