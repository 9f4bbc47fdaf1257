// Where the demo is that the videos page signs in at.
import { optionalSetting } from "./setting.ts";

/** The origin of `npm run web`; undefined where there is none, and no page. Read at each request: a build knows none. */
export function demoUrl(): string | undefined {
  return optionalSetting("DEMO_URL");
}
